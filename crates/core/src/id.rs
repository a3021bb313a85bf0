//! Random 128-bit ids, written as 32 hexadecimal digits. They carry no meaning, so they may stand in logs and events.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A text that is not 32 hexadecimal digits.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
#[error("an id has 32 hexadecimal digits")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id made of these random bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 16 bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// The first eight digits: enough for a person to tell two apart.
            pub fn short(&self) -> String {
                hex::encode(&self.0[..4])
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let mut bytes = [0; 16];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAnId)?;
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A case: a private thread with its customer, ticket and files.
    CaseId;
    /// A customer, apart from name and address, which can be forgotten.
    CustomerId;
    /// One customer file in our custody.
    FileId;
    /// A hold.
    HoldId;
    /// A customer's request that files be erased.
    RequestId;
    /// A receipt.
    ReceiptId;
    /// A member of staff.
    PersonId;
    /// An act that is proposed.
    ProposalId;
    /// A viewing copy.
    ViewingCopyId;
    /// One installation.
    DeskId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text() {
        let id = FileId::from_bytes([0xa5; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.short(), "a5a5a5a5");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "../etc", "a5", "zz000000000000000000000000000000"] {
            assert_eq!(text.parse::<FileId>(), Err(NotAnId), "{text} is not an id");
        }
    }
}
