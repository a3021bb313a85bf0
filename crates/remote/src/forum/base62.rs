//! The numbers of base 62 in which Discourse writes the SHA-1 of an upload.

const ALPHABET: &[u8; 62] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// 62^27 is the first power above 2^160.
const MOST_DIGITS: usize = 27;

/// Writes a SHA-1 as the forum does: most significant digit first, no leading zeros.
pub fn encode(sha1: &[u8; 20]) -> String {
    let mut number = *sha1;
    let mut digits: Vec<u8> = Vec::with_capacity(MOST_DIGITS);
    while number.iter().any(|byte| *byte != 0) {
        let mut rest: u16 = 0;
        for byte in &mut number {
            let value = (rest << 8) | u16::from(*byte);
            // Below 256, because `rest` is below 62.
            *byte = (value / 62) as u8;
            rest = value % 62;
        }
        digits.extend(ALPHABET.get(usize::from(rest)));
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}

/// Reads one back; `None` if it is not a number of base 62 or does not fit into 20 bytes.
pub fn decode(text: &str) -> Option<[u8; 20]> {
    if text.is_empty() || text.len() > MOST_DIGITS {
        return None;
    }
    let mut number = [0_u8; 20];
    for character in text.bytes() {
        let mut carry = match character {
            b'0'..=b'9' => character - b'0',
            b'a'..=b'z' => character - b'a' + 10,
            b'A'..=b'Z' => character - b'A' + 36,
            _ => return None,
        };
        for byte in number.iter_mut().rev() {
            let value = u16::from(*byte) * 62 + u16::from(carry);
            [carry, *byte] = value.to_be_bytes();
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

    #[test]
    fn the_forums_own_vectors_hold_both_ways() {
        for (hex, digits) in [
            ("bda2c513e1da04f7b4e99230851ea2aafeb8cc4e", "r3AYqESanERjladb4vBB7VsMBm6"),
            ("0000c513e1da04f7b4e99230851ea2aafeb8cc4e", "1Eg9p8rrCURq4T3a6iJUk0ri6"),
            ("da39a3ee5e6b4b0d3255bfef95601890afd80709", "v8vA6WnPVTOE1o39waNFVmAqEJj"),
            ("f572d396fae9206628714fb2ce00f72e94f2258f", "z1kZGAqhIYrAXRlYgJbWaXrop8H"),
        ] {
            let mut sha1 = [0; 20];
            hex::decode_to_slice(hex, &mut sha1).unwrap();
            assert_eq!(encode(&sha1), digits);
            assert_eq!(decode(digits), Some(sha1));
        }
    }

    #[test]
    fn what_is_no_sha1_is_refused() {
        let largest = encode(&[0xff; 20]);
        assert_eq!(decode(&largest), Some([0xff; 20]));
        for text in ["", "abc-", "ZZZZZZZZZZZZZZZZZZZZZZZZZZZ", "0000000000000000000000000001", "ä"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
