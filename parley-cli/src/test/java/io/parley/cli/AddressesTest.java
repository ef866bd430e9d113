package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressesTest {

    @Test
    void givenAnIpv6Address_whenInAUrl_thenItIsInBrackets() {
        assertThat(Addresses.url("::1", 3000)).isEqualTo("http://[::1]:3000/");
        assertThat(Addresses.url("127.0.0.1", 3000)).isEqualTo("http://127.0.0.1:3000/");
    }

    @Test
    void givenHosts_whenAsked_thenOnlyLoopbackIsLoopback() {
        assertThat(Addresses.isLoopback("127.0.0.1")).isTrue();
        assertThat(Addresses.isLoopback("::1")).isTrue();
        assertThat(Addresses.isLoopback("0.0.0.0")).isFalse();
    }

    @Test
    void givenAllAddresses_whenToldToPeople_thenEachIsOneTheyCanType() {
        assertThat(Addresses.reachable("0.0.0.0")).isNotEmpty().doesNotContain("0.0.0.0");
        assertThat(Addresses.reachable("127.0.0.1")).containsExactly("127.0.0.1");
    }
}
