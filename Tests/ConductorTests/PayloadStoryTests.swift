import Conductor
import Evidence
import Rogues
import Testing

/// The bodies of requests and responses in the evidence of whole stories.
@Suite(.serialized) struct PayloadStoryTests {
  @Test(arguments: ["revocation/deletion-under-traffic.yaml", "azure/ordinary-day.yaml"])
  func everyAnsweredCallHasItsExchange(file: String) async throws {
    let history = try await Bench.play(file)
    var exchanges: [Int: [Event.Exchange]] = [:]
    for exchange in history.exchanges {
      if let call = exchange.call { exchanges[call, default: []].append(exchange) }
    }
    // A vendor that asks whether a key still works sends no body.
    let calls = history.calls.filter {
      $0.outcome != .cutOff && !$0.endpoint.hasSuffix("/models")
    }
    #expect(calls.count > 50)
    for call in calls {
      let exchange = try #require(exchanges[call.order]?.first, "call \(call.order)")
      #expect(exchanges[call.order]?.count == 1)
      #expect(exchange.host == call.host && exchange.key == call.key)
      #expect(exchange.status == call.status && exchange.path == call.endpoint)
      let request = try #require(exchange.request?.excerpt)
      #expect(request.contains("\"messages\"") || request.contains("\"input\""), "\(request)")
      let response = try #require(exchange.response)
      #expect(response.excerpt?.contains("\"object\"") == true || call.status != 200)
    }
  }

  @Test func deliveriesHaveTheirBodies() async throws {
    let history = try await Bench.play("callers/repeated-delivery.yaml")
    var digests: [String: Set<PayloadDigest>] = [:]
    for event in history.events {
      guard case .delivery(let delivery) = event.kind else { continue }
      let request = try #require(delivery.request)
      #expect(request.excerpt?.hasPrefix("{") == true)
      digests[delivery.message, default: []].insert(request.digest)
    }
    // A platform that delivers again sends the same bytes.
    #expect(digests.count > 5)
    #expect(digests.values.allSatisfy { $0.count == 1 })
  }

  /// Requests to secret managers and to issuers of tokens are secret in themselves.
  @Test func whatIsSecretInItselfIsNotKept() async throws {
    let history = try await Bench.play("custody/engineer-looks-beside-vault.yaml")
    let others = history.exchanges.filter {
      $0.request != nil || $0.response != nil
    }.map(\.host)
    let known: Set = ["api.openai.com", "smba.trafficmanager.net", "chat.googleapis.com"]
    #expect(Set(others).isSubset(of: known), "\(Set(others))")
    #expect(history.exchanges.contains { !known.contains($0.host) })
  }
}

extension History {
  fileprivate var exchanges: [Event.Exchange] {
    events.compactMap { if case .exchange(let exchange) = $0.kind { exchange } else { nil } }
  }

  fileprivate var calls: [Event.ProviderCall] {
    events.compactMap { if case .providerCall(let call) = $0.kind { call } else { nil } }
  }
}
