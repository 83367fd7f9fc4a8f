import HTTPTypes

/// Why nothing was done with a key; said in the same words at every door.
enum KeyRefusal: Error, Hashable, CaseIterable {
  case noKey
  case rejected
  case quotaExhausted
  case deploymentRejected
  case otherModel
  case unreachable
  case noKeyTaken
  case otherServer
  case managerUnavailable
  case managerSealed
  case managerRefused
  case secretMalformed
  case secretMisplaced

  /// - Parameter isAzure: a refused request speaks of deployments there, and of nothing here.
  init(_ failure: any Error, isAzure: Bool) {
    switch failure {
    case ModelFailure.noKey: self = .noKey
    case ModelFailure.keyRejected: self = .rejected
    case ModelFailure.quotaExhausted: self = .quotaExhausted
    case ModelFailure.requestRefused where isAzure: self = .deploymentRejected
    case ModelFailure.otherModel: self = .otherModel
    default: self = .unreachable
    }
  }

  init(_ failure: CustodyFailure) {
    switch failure {
    case .unavailable: self = .managerUnavailable
    case .sealed: self = .managerSealed
    case .refused: self = .managerRefused
    case .malformed: self = .secretMalformed
    case .misplaced: self = .secretMisplaced
    }
  }

  /// Stable: callers of the API and addresses of pages name it.
  var code: StaticString {
    switch self {
    case .noKey: "no_key"
    case .rejected: "key_rejected"
    case .quotaExhausted: "quota_exhausted"
    case .deploymentRejected: "deployment_rejected"
    case .otherModel: "other_model"
    case .unreachable: "provider_unavailable"
    case .noKeyTaken: "no_key_taken"
    case .otherServer: "bad_provider"
    case .managerUnavailable: "secret_manager_unavailable"
    case .managerSealed: "secret_manager_sealed"
    case .managerRefused: "secret_manager_refused"
    case .secretMalformed: "secret_malformed"
    case .secretMisplaced: "secret_misplaced"
    }
  }

  var words: StaticString {
    switch self {
    case .noKey: "No key is installed."
    case .rejected: "The provider did not accept this key. Nothing was changed."
    case .quotaExhausted:
      "The provider accepts this key, but its account has no credit left. Nothing was changed."
    case .deploymentRejected:
      """
      The provider accepts this key, but not these deployments or this version. Nothing was \
      changed.
      """
    case .otherModel:
      """
      The deployment for embeddings has another model than this assistant's. Nothing was changed.
      """
    case .unreachable:
      "The provider could not be reached to check this key. Nothing was changed."
    case .noKeyTaken: "The subscription includes the model: there is no key to be installed."
    case .otherServer: "A self-hosted assistant takes keys of its own model server alone."
    case .managerUnavailable: "The secret manager could not be reached. Nothing was changed."
    case .managerSealed: "The secret manager is sealed. Nothing was changed."
    case .managerRefused: "The secret manager refused this program. Nothing was changed."
    case .secretMalformed:
      "What the secret manager holds is no key of this assistant's. Nothing was changed."
    case .secretMisplaced:
      """
      The secret manager holds a key for another destination than the installed one. Nothing was \
      changed.
      """
    }
  }
}

extension KeySubmission.Fault {
  var code: StaticString {
    switch self {
    case .malformed: "bad_request"
    case .badEndpoint: "bad_endpoint"
    case .badDeployment: "bad_deployment"
    }
  }
}
