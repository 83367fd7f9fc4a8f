/// Why a token is not believed.
package enum TokenFault: Error, Equatable {
  /// Longer than `CompactToken.longest`.
  case tooLong
  /// Not three parts of base64url, of which the first two are JSON objects without repeated names.
  case malformed
  /// It demands an extension (`crit`): none is known here.
  case criticalExtension
  /// It names another algorithm than its key's.
  case algorithm
  /// It names no key that is trusted.
  case unknownKey
  case signature
  /// A claim is missing, or of another type than it must be.
  case claims
}
