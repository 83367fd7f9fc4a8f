/// What goes wrong with a secret manager that can still be reached.
package enum ManagerFault: Hashable, Sendable {
  /// Every answer takes this much longer.
  case slow(Duration)
  /// It is there, and cannot open what it holds: a sealed Vault, a disabled key of KMS, a disabled
  /// secret.
  case sealed
  /// It is there, and denies whoever asks.
  case refusing
}
