/**
 * The demo's surroundings, simulated: three enrichment APIs (companies, contacts, news), an
 * OpenAI-compatible chat API, a CRM and a chat channel, as real HTTP on 127.0.0.1. They check
 * credentials, take their time, fail where the script says so, and remember every call.
 */
package io.penstock.standalone.demo.world;
