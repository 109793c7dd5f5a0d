package io.penstock.worker.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private final AddressGuard guard = new AddressGuard(InetAddress::getAllByName);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.8.9.10",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "192.0.0.170",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::7f00:1",
        "64:ff9b:1::101:101",
        "64:ff9b:1:a00:0:100::",
        "::ffff:0:101:101",
        "::ffff:0:10.0.0.1",
        "3fff::1",
        "3fff:fff::1",
        "5f00::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void an_inside_address_is_refused(String address) throws Exception {
    assertThat(AddressGuard.refusal(InetAddress.getByName(address))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.1.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.167.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "64:ff9b::101:101",
        "64:ff9b:2::1",
        "3ffe::1",
        "3fff:1000::1",
        "5eff::1",
        "5f01::1",
        "2002:101:101::",
        "::ffff:1.1.1.1"
      })
  void a_public_address_is_not(String address) throws Exception {
    assertThat(AddressGuard.refusal(InetAddress.getByName(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1"})
  void a_host_is_refused_by_what_it_resolves_to(String host) {
    assertThatThrownBy(() -> guard.checked(host, false, "Api 'crm'"))
        .isInstanceOf(CallFailedException.class)
        .hasMessageStartingWith("Api 'crm': host '" + host + "'");
  }

  @Test
  void an_inside_address_is_called_where_the_definition_allows_it() throws Exception {
    assertThat(guard.checked("127.0.0.1", true, "Api 'crm'").getHostAddress())
        .isEqualTo("127.0.0.1");
  }

  @Test
  void every_address_of_a_name_is_checked_and_the_first_is_called() throws Exception {
    InetAddress open = InetAddress.getByName("1.1.1.1");
    InetAddress other = InetAddress.getByName("9.9.9.9");
    InetAddress inside = InetAddress.getByName("10.0.0.1");
    AddressGuard mixed = new AddressGuard(host -> new InetAddress[] {open, inside});
    assertThatThrownBy(() -> mixed.checked("crm.example", false, "Api 'crm'"))
        .hasMessageStartingWith("Api 'crm': host 'crm.example' is a private address");
    AddressGuard good = new AddressGuard(host -> new InetAddress[] {open, other});
    assertThat(good.checked("crm.example", false, "Api 'crm'")).isEqualTo(open);
  }

  /** A name server's answer becomes an IPv6 address as it is; only literals become IPv4 ones. */
  @Test
  void an_inside_address_in_the_form_of_ipv6_is_refused_as_a_name_server_gives_it()
      throws Exception {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 127, 0, 0, 1};
    InetAddress inside = Inet6Address.getByAddress("crm.example", mapped, -1);
    AddressGuard named = new AddressGuard(host -> new InetAddress[] {inside});
    assertThatThrownBy(() -> named.checked("crm.example", false, "Api 'crm'"))
        .hasMessageStartingWith(
            "Api 'crm': host 'crm.example' is a loopback (inside an IPv4-mapped)");

    mapped[12] = 1;
    assertThat(AddressGuard.refusal(Inet6Address.getByAddress(null, mapped, -1))).isEmpty();
  }

  @Test
  void an_address_without_a_host_is_a_mistake_of_the_definition() {
    assertThatThrownBy(() -> guard.checked(null, true, "Api 'crm'"))
        .hasMessage("Api 'crm': the address has no host that can be called");
  }
}
