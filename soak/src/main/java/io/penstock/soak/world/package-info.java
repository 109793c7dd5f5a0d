/** The outside: what the steps call. It answers as it should, and remembers every call. */
package io.penstock.soak.world;
