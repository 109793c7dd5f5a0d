package io.penstock.standalone.demo.world;

/** How a part answers a request that may be answered. Called from many threads. */
@FunctionalInterface
interface Service {
  Answer answer(Request request);
}
