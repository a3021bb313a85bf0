//! Short upload addresses: a SHA-1 read as one number and written in base 62.

const DIGITS: &[u8; 62] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Writes 20 bytes (big-endian, no leading zeros) with the digits `0-9a-zA-Z`.
pub(crate) fn encode(sha1: &[u8; 20]) -> String {
    let mut number = *sha1;
    let mut digits = Vec::with_capacity(27);
    while number.iter().any(|byte| *byte != 0) {
        let mut rest = 0u32;
        for byte in &mut number {
            let value = (rest << 8) | u32::from(*byte);
            *byte = (value / 62) as u8;
            rest = value % 62;
        }
        digits.push(char::from(DIGITS[rest as usize]));
    }
    digits.iter().rev().collect()
}

/// Reads what [`encode`] wrote; nothing when a digit is foreign or the number exceeds 160 bits.
pub(crate) fn decode(text: &str) -> Option<[u8; 20]> {
    let mut number = [0u8; 20];
    if text.is_empty() {
        return None;
    }
    for digit in text.bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        let mut carry = u32::try_from(value).ok()?;
        for byte in number.iter_mut().rev() {
            let sum = u32::from(*byte) * 62 + carry;
            *byte = (sum & 0xff) as u8;
            carry = sum >> 8;
        }
        if carry != 0 {
            return None;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sha1(text: &str) -> [u8; 20] {
        hex::decode(text).unwrap().try_into().unwrap()
    }

    #[test]
    fn addresses_match_the_ones_discourse_makes() {
        for (digest, short) in [
            ("bda2c513e1da04f7b4e99230851ea2aafeb8cc4e", "r3AYqESanERjladb4vBB7VsMBm6"),
            ("0000c513e1da04f7b4e99230851ea2aafeb8cc4e", "1Eg9p8rrCURq4T3a6iJUk0ri6"),
            ("da39a3ee5e6b4b0d3255bfef95601890afd80709", "v8vA6WnPVTOE1o39waNFVmAqEJj"),
            ("f572d396fae9206628714fb2ce00f72e94f2258f", "z1kZGAqhIYrAXRlYgJbWaXrop8H"),
        ] {
            assert_eq!(encode(&sha1(digest)), short);
            assert_eq!(decode(short), Some(sha1(digest)));
        }
    }

    #[test]
    fn a_number_over_160_bits_or_a_foreign_digit_is_no_address() {
        assert_eq!(decode("ZZZZZZZZZZZZZZZZZZZZZZZZZZZ"), None);
        assert_eq!(decode("abc-def"), None);
        assert_eq!(decode(""), None);
    }
}
