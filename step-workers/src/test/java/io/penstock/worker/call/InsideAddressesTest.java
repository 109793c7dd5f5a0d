package io.penstock.worker.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.message.ErrorType;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Addresses and spellings by which somebody could try to reach the inside: as they stand in a URL,
 * read as a call reads them.
 */
class InsideAddressesTest {
  private final AddressGuard guard = new AddressGuard(InetAddress::getAllByName);

  private void check(String authority) throws CallFailedException {
    String host;
    try {
      host = new URI("http://" + authority + "/").getHost();
    } catch (URISyntaxException e) {
      // No call is made of it either.
      host = null;
    }
    guard.checked(host, false, "Api 'crm'");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0.0.0 | this host",
        "0.1.2.3 | this network",
        "10.0.0.0 | private, first",
        "10.255.255.255 | private, last",
        "100.64.0.0 | carrier, first",
        "100.127.255.255 | carrier, last",
        "100.100.100.200 | Alibaba's metadata",
        "127.0.0.1 | loopback",
        "127.255.255.254 | loopback, last",
        "168.63.129.16 | Azure's platform",
        "169.254.0.1 | link-local",
        "169.254.169.254 | metadata of AWS, Google, Azure",
        "169.254.170.2 | credentials of ECS",
        "169.254.170.23 | credentials of EKS",
        "172.16.0.0 | private, first",
        "172.31.255.255 | private, last",
        "192.0.0.1 | protocol",
        "192.0.0.192 | Oracle's metadata",
        "192.0.2.1 | documentation",
        "192.31.196.1 | AS112",
        "192.52.193.1 | AMT relay",
        "192.88.99.1 | 6to4 relay",
        "192.168.0.0 | private, first",
        "192.168.255.255 | private, last",
        "192.175.48.1 | AS112",
        "198.18.0.1 | benchmarking",
        "198.19.255.255 | benchmarking, last",
        "198.51.100.7 | documentation",
        "203.0.113.7 | documentation",
        "224.0.0.1 | multicast",
        "239.255.255.250 | multicast, discovery",
        "240.0.0.1 | reserved",
        "255.255.255.255 | broadcast",
        "[::] | unspecified",
        "[::1] | loopback",
        "[0:0:0:0:0:0:0:1] | loopback in full",
        "[0000:0000:0000:0000:0000:0000:0000:0001] | loopback with all zeros",
        "[::127.0.0.1] | compatible",
        "[::10.1.2.3] | compatible",
        "[::a9fe:a9fe] | compatible, in hexadecimal",
        "[::ffff:127.0.0.1] | mapped",
        "[::ffff:7f00:1] | mapped, in hexadecimal",
        "[0:0:0:0:0:ffff:a9fe:a9fe] | mapped, in full",
        "[::FFFF:192.168.1.1] | mapped, in capitals",
        "[::ffff:0:10.0.0.1] | translated",
        "[64:ff9b::127.0.0.1] | NAT64",
        "[64:ff9b::a9fe:a9fe] | NAT64, metadata",
        "[64:ff9b::a00:1] | NAT64, private",
        "[64:ff9b:1::8.8.8.8] | local NAT64",
        "[100::1] | discard",
        "[100:0:0:1::1] | dummy",
        "[2001::1] | Teredo",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2] | Teredo with a server",
        "[2001:1::1] | port control",
        "[2001:2::1] | benchmarking",
        "[2001:10::1] | ORCHID",
        "[2001:20::1] | ORCHIDv2",
        "[2001:db8::1] | documentation",
        "[2002:7f00:1::] | 6to4 of loopback",
        "[2002:a00:1::1] | 6to4 of private",
        "[2002:c0a8:101::1] | 6to4 of private",
        "[2002:a9fe:a9fe::1] | 6to4 of metadata",
        "[2620:4f:8000::1] | AS112",
        "[3fff::1] | documentation",
        "[5f00::1] | segment routing",
        "[fc00::1] | ULA",
        "[fd00:ec2::254] | AWS's metadata",
        "[fd20:ce::254] | Google's metadata",
        "[fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff] | ULA, last",
        "[fe80::1] | link-local",
        "[febf::1] | link-local, last",
        "[fec0::1] | site-local",
        "[ff02::1] | multicast",
        "[ff0e::1] | multicast, global"
      })
  void an_inside_address_is_blocked(String authority, String what) {
    assertThatThrownBy(() -> check(authority))
        .isInstanceOfSatisfying(
            CallFailedException.class,
            e -> assertThat(e.error().type()).as(what).isEqualTo(ErrorType.BLOCKED));
  }

  /** How they end depends on who resolves them; that they lead nowhere does not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "127.1",
        "127.0.1",
        "10.1",
        "[::1%1]",
        "[::ffff:127.0.0.1%1]",
        "127.0.0.1:80",
        "user@127.0.0.1",
        "1.1.1.1@127.0.0.1",
        "127%2e0%2e0%2e1",
        "\u2460\u2461\u2466.0.0.1",
        "127\u30020\u30020\u30021",
        "1.1.1.1\\@127.0.0.1",
        "127.0.0.1#.example.com",
        ""
      })
  void another_spelling_leads_nowhere_either(String authority) {
    assertThatThrownBy(() -> check(authority)).isInstanceOf(CallFailedException.class);
  }

  /** Old C libraries read a leading zero as octal; whoever is asked here is asked by its digits. */
  @ParameterizedTest
  @ValueSource(strings = {"0177.0.0.1", "017700000001", "00000010.0.0.1", "0300.0250.1.1"})
  void a_leading_zero_is_refused_or_read_as_decimal(String authority) throws Exception {
    try {
      assertThat(guard.checked(authority, false, "Api 'crm'").isLoopbackAddress()).isFalse();
      assertThat(guard.checked(authority, false, "Api 'crm'").isSiteLocalAddress()).isFalse();
    } catch (CallFailedException e) {
      assertThat(e.error().type()).isIn(ErrorType.BLOCKED, ErrorType.COMMUNICATION);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "168.63.129.15",
        "192.31.197.1",
        "192.175.49.1",
        "[2001:200::1]",
        "[2001:4860:4860::8888]",
        "[2620:4f:8001::1]",
        "[2002:808:808::1]",
        "[64:ff9b::8.8.8.8]",
        "[::ffff:8.8.8.8]"
      })
  void its_public_neighbours_are_called(String authority) throws Exception {
    check(authority);
  }
}
