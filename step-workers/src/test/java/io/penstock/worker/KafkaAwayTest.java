package io.penstock.worker;

import io.penstock.testbroker.away.AloneWithKafka;
import io.penstock.testbroker.away.KafkaAway;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(AloneWithKafka.class)
class KafkaAwayTest extends KafkaAway {}
