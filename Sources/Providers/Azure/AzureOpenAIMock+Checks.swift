import Hummingbird
import Wire
import Worlds

/// What stands between a request and its answer.
extension AzureOpenAIMock {
  /// - Throws: `AzureRefusal` for a body beyond the limit, or what the connection throws.
  func readBody(_ request: Request, _ call: OngoingCall) async throws -> [UInt8] {
    if let body = try await call.body(of: request, upTo: Self.bodyLimit) { return body }
    throw AzureRefusal(413, code: "413", "Request body too large.")
  }

  /// What is in store for a call; throws what strikes it at once.
  func plan(
    _ call: OngoingCall,
    question: @autoclosure () -> String,
    _ admission: Admission
  ) async throws -> CallPlan {
    switch call.fault {
    case .status(let status, let retryAfter):
      call.update { $0.struckByFault = true }
      throw AzureRefusal.fault(status, retryAfter: retryAfter)
    case .redirect(let host):
      call.update { $0.struckByFault = true }
      throw AzureRefusal.redirect(toHost: host, path: call.observed.endpoint)
    case .failures, .truncateStream, nil:
      return try await inference.plan(
        call,
        question: question(),
        organization: admission.resource.subscription
      )
    }
  }

  /// The credential first, as the gateway does it; then path, method and version.
  ///
  /// - Throws: `AzureRefusal`.
  func checkCaller(
    _ call: OngoingCall,
    _ admission: Admission,
    _ request: Request
  ) throws(AzureRefusal) -> InferenceCaller {
    let caller = try admission.standing.get()
    guard let route = admission.route else { throw .notFound }
    guard versions.serves(admission.version, isV1: route.isV1) else {
      throw route.isV1 ? .unknownVersion : .notFound
    }
    guard route.takes(request.method) else { throw .wrongMethod }
    if route.operation.isOfResponses {
      guard versions.hasResponses(admission.version, isV1: route.isV1) else {
        throw .noResponses(before: versions.firstWithResponses)
      }
    }
    return caller
  }
}

extension AzureRefusal {
  /// A fault that a rule made, in the words of Azure; its headers stay.
  static func fault(_ refusal: Refusal) -> AzureRefusal {
    var own = AzureRefusal.fault(refusal.status, retryAfter: nil)
    own.headers = refusal.headers
    return own
  }
}
