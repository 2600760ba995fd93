//! Networks in CIDR notation: which peers belong to them. No look-ups.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// An address range such as `10.0.0.0/8`, `2001:db8::/32` or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: u128,
    /// Bits that must agree, counted in the 128-bit form.
    prefix: u32,
}

impl Network {
    /// The loopback networks of both families: this machine itself.
    pub fn loopback() -> [Network; 2] {
        [
            Network { first: mapped(IpAddr::from([127, 0, 0, 0])), prefix: 104 },
            Network { first: mapped(IpAddr::V6(Ipv6Addr::LOCALHOST)), prefix: 128 },
        ]
    }

    /// Whether the peer's address lies in this network. An IPv4 peer seen through an IPv6 socket counts as IPv4.
    pub fn contains(&self, peer: IpAddr) -> bool {
        let differing = mapped(peer) ^ self.first;
        differing.leading_zeros() >= self.prefix
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let wrong = || NotANetwork(text.to_owned());
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) if bits.bytes().all(|byte| byte.is_ascii_digit()) => {
                bits.parse().map_err(|_| wrong())?
            }
            Some(_) => return Err(wrong()),
            None => width,
        };
        if bits > width {
            return Err(wrong());
        }
        let network = Network { first: mapped(address), prefix: 128 - width + bits };
        let host_bits = network.first.checked_shl(network.prefix).unwrap_or(0);
        if host_bits == 0 { Ok(network) } else { Err(wrong()) }
    }
}

/// A configured network that is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a network such as `10.0.0.0/8` or `2001:db8::/32`; write its first address and its length in bits"
)]
pub struct NotANetwork(pub String);

fn mapped(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(network: &str, inside: &[&str], outside: &[&str]) {
        let network: Network = network.parse().unwrap();
        for peer in inside {
            assert!(network.contains(peer.parse().unwrap()), "{peer} should be inside");
        }
        for peer in outside {
            assert!(!network.contains(peer.parse().unwrap()), "{peer} should be outside");
        }
    }

    #[test]
    fn networks_hold_their_addresses() {
        check(
            "10.0.0.0/8",
            &["10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3"],
            &["11.0.0.0", "9.255.255.255", "::a00:1"],
        );
        check("192.0.2.7", &["192.0.2.7"], &["192.0.2.6"]);
        check("2001:db8::/32", &["2001:db8::1"], &["2001:db9::1", "192.0.2.1"]);
        check("0.0.0.0/0", &["1.2.3.4"], &["2001:db8::1"]);
        check("::/0", &["1.2.3.4", "2001:db8::1"], &[]);
    }

    #[test]
    fn loopback_is_this_machine_only() {
        let loopback = Network::loopback();
        let holds = |peer: &str| loopback.iter().any(|network| network.contains(peer.parse().unwrap()));
        assert!(holds("127.0.0.1") && holds("127.8.9.1") && holds("::1") && holds("::ffff:127.0.0.1"));
        assert!(!holds("128.0.0.1") && !holds("::2") && !holds("10.0.0.1"));
    }

    #[test]
    fn what_is_not_a_network_is_said() {
        for bad in [
            "",
            "10.0.0.0/33",
            "10.0.0.1/8",
            "10.0.0/8",
            "10.0.0.0/+8",
            "10.0.0.0/",
            "2001:db8::/129",
            "example.org",
        ] {
            assert_eq!(bad.parse::<Network>(), Err(NotANetwork(bad.to_owned())));
        }
    }
}
