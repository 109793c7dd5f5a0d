/** The senders: signed webhooks at a steady rate, again and again until they are accepted. */
package io.penstock.soak.load;
