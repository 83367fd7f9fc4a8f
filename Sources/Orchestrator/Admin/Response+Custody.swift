import Hummingbird

extension Response {
  /// What an administrator is told when the key could not be reached where it is kept.
  static func failure(_ failure: CustodyFailure) -> Response {
    switch failure {
    case .unavailable:
      .failure(
        .serviceUnavailable,
        "secret_manager_unavailable",
        "The secret manager could not be reached. Nothing was changed."
      )
    case .sealed:
      .failure(
        .serviceUnavailable,
        "secret_manager_sealed",
        "The secret manager is sealed. Nothing was changed."
      )
    case .refused:
      .failure(
        .serviceUnavailable,
        "secret_manager_refused",
        "The secret manager refused this program. Nothing was changed."
      )
    case .malformed:
      .failure(
        .serviceUnavailable,
        "secret_malformed",
        "What the secret manager holds is no key of this assistant's. Nothing was changed."
      )
    case .misplaced:
      .failure(
        .serviceUnavailable,
        "secret_misplaced",
        """
        The secret manager holds a key for another destination than the installed one. Nothing was \
        changed.
        """
      )
    }
  }
}
