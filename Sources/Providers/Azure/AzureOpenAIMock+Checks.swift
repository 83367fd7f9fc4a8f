import Hummingbird
import NIOCore
import Wire
import Worlds

/// What stands between a request and its answer.
extension AzureOpenAIMock {
  /// Reads the body of a call, also of one that is going to be refused: what an unwelcome
  /// request would have told the provider is evidence.
  ///
  /// - Throws: `AzureRefusal` for a body beyond the limit, or what the connection throws.
  func readBody(_ request: Request, _ call: OngoingCall) async throws -> [UInt8] {
    do {
      let body = try await request.body.collect(upTo: Self.bodyLimit)
      call.update { $0.requestBytes += body.readableBytes }
      return Array(body.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw AzureRefusal(413, code: "413", "Request body too large.")
    }
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
    guard request.method == (route.operation.isPost ? .post : .get) else { throw .wrongMethod }
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
