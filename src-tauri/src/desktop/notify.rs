//! Notifications of the system. A click leads to what they are about: on Linux where the server has actions, on macOS and
//! Windows as long as the program runs.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

#[cfg(not(target_os = "linux"))]
pub use self::elsewhere::Notifier;
#[cfg(target_os = "linux")]
pub use self::linux::Notifier;
