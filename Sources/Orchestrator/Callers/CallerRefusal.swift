/// Why a call to a platform's endpoint is not served.
enum CallerRefusal: Error, Equatable {
  /// The token does not prove what it must. The reason is for the vendor's log, never for the
  /// caller.
  case unauthorized(String)
  /// The issuer's keys cannot be had: no judgement is possible, and the platform shall come again.
  case keysUnavailable
}
