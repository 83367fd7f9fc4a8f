import HTTPTypes
import Orchestrator
import Worlds

extension Vendor {
  /// Modelled on BerriAI/litellm #37053 and browser-use/web-ui #168: a stored key goes to whatever
  /// address the call is sent to next. Here the provider's answer names the address.
  package static let followsRedirects = Vendor(
    name: "follows-redirects",
    kind: .rogue(breaks: ["right-destination"]),
    summary: "Follows redirects with all headers, the key's included.",
    incident: "BerriAI/litellm #37053, browser-use/web-ui #168",
    triedIn: ["custody/redirecting-provider.yaml"]
  ) { setup in
    try setup.program { environment in
      var environment = environment
      environment.transport = FollowingTransport(base: environment.transport)
      return try .standard(environment)
    }
  }
}

private struct FollowingTransport: HTTPTransport {
  let base: any HTTPTransport

  private enum Step<Result: Sendable>: Sendable {
    case done(Result)
    case redirected(to: Endpoint)
  }

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    var request = request
    while true {
      let step: Step<Result> = try await base.exchange(request) { response in
        if response.head.status.kind == .redirection,
          let address = response.head.headerFields[.location].flatMap({ Endpoint($0) })
        {
          return .redirected(to: address)
        }
        return .done(try await use(response))
      }
      switch step {
      case .done(let result): return result
      case .redirected(let address):
        request.head = address.head(request.head.method, headers: request.head.headerFields)
      }
    }
  }
}
