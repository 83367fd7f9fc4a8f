import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Wire
import Worlds

/// What every provider does with a request that comes in, and with one that it refuses.
extension ObservedCall {
  /// A request whose credential is checked now.
  ///
  /// - Parameters:
  ///   - order: the place of that check among all.
  ///   - presented: the credential.
  init(
    arriving request: Request,
    at host: String,
    order: Int,
    presented: Secret?,
    now: Timestamp
  ) {
    self.init(
      order: order,
      host: host,
      method: String(request.method.rawValue.prefix(32)),
      endpoint: String(request.uri.path.prefix(200)),
      model: "",
      presented: presented,
      arrivedAt: now,
      authenticatedAt: now,
      endedAt: now,
      status: 0,
      outcome: .cutOff,
      promptTokens: 0,
      completionTokens: 0,
      streamed: false,
      prompt: "",
      upstreamDelay: .zero,
      requestBytes: request.head.bytesWithoutCredentials,
      struckByFault: false
    )
  }
}

extension OngoingCall {
  /// Ends the call as one that was answered with an error.
  func refuse(status: Int, errorCode: String?, requestID: String) {
    end(.refused) { observed in
      observed.requestID = requestID
      observed.status = status
      observed.errorCode = errorCode
      observed.promptTokens = 0
      observed.completionTokens = 0
      observed.completionMarker = nil
    }
  }

  /// Reads the body of a call, also of one that is going to be refused: what an unwelcome
  /// request would have told the provider is evidence.
  ///
  /// - Returns: nil for a body beyond the limit.
  func body(of request: Request, upTo limit: Int) async throws -> [UInt8]? {
    do {
      let body = try await request.body.collect(upTo: limit)
      update { $0.requestBytes += body.readableBytes }
      return Array(body.readableBytesView)
    } catch is NIOTooManyBytesError {
      return nil
    }
  }
}

extension Secret {
  /// The credential of an `Authorization` header; nil for one of another kind.
  init?(bearer value: String?) {
    guard let value, value.utf8.count > 7, value.prefix(7).lowercased() == "bearer " else {
      return nil
    }
    let token = value.dropFirst(7).drop { $0 == " " }
    guard !token.isEmpty else { return nil }
    self.init(String(token))
  }
}

extension HTTPRequest {
  /// As HTTP/1.1 writes it, without the headers that carry credentials.
  fileprivate var bytesWithoutCredentials: Int {
    var bytes = method.rawValue.utf8.count + (path?.utf8.count ?? 0) + 14
    for field in headerFields
    where field.name != .authorization && field.name != AzureHeader.apiKey {
      bytes += field.name.rawName.utf8.count + field.value.utf8.count + 4
    }
    return bytes
  }
}

extension ProviderFault? {
  /// The fault for one call; a counted one is used up by it.
  mutating func takeOne() -> ProviderFault? {
    guard case .failures(let count, let status) = self else { return self }
    self = count > 1 ? .failures(count: count - 1, status: status) : nil
    return count > 0 ? .status(status) : nil
  }
}
