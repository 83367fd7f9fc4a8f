/// Why a person gets no answer; the raw value is what is stored and counted.
package enum Refusal: String, Hashable, Sendable, CaseIterable {
  case keyRejected = "key-rejected"
  case noKey = "no-key"
  case quotaExhausted = "quota-exhausted"
  case providerUnavailable = "provider-unavailable"
  case contentFiltered = "content-filtered"
  case directoryUnavailable = "directory-unavailable"
  case notAllowed = "not-allowed"
  case deactivated
  case tooLong = "too-long"

  init(_ failure: ModelFailure) {
    switch failure {
    case .noKey: self = .noKey
    case .keyRejected: self = .keyRejected
    case .quotaExhausted: self = .quotaExhausted
    case .contentFiltered: self = .contentFiltered
    case .unavailable, .requestRefused, .otherModel: self = .providerUnavailable
    }
  }
}
