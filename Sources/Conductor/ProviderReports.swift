import Evidence
import Foundation
import HTTPTypes
import NIOCore
import Providers
import ScenarioFiles
import Secrets
import Worlds

/// Reads an organisation's usage and costs as its owner would: over the provider's own interface,
/// with an admin key, page by page.
struct ProviderReports: Sendable {
  let transport: any HTTPTransport
  let host: String
  let adminKey: Secret
  /// Whole days from the first through the last.
  let from: Timestamp
  let through: Timestamp

  /// One sum by key and item.
  struct Sum: Sendable {
    var calls = 0
    var promptTokens = 0
    var completionTokens = 0
    var nanoDollars: Int64 = 0
  }

  struct Place: Hashable, Comparable, Sendable {
    var keyID: String
    var item: String

    static func < (left: Self, right: Self) -> Bool {
      (left.keyID, left.item) < (right.keyID, right.item)
    }
  }

  /// - Throws: `ConductorError.setupFailed` where the provider does not answer.
  func usage() async throws -> [(Place, Sum)] {
    var sums: [Place: Sum] = [:]
    for kind in ["completions", "embeddings"] {
      let query = "bucket_width=1d&limit=31&group_by=api_key_id"
      for result in try await results("usage/\(kind)", query) {
        guard let key = result.apiKeyId else { continue }
        let place = Place(keyID: key, item: kind)
        sums[place, default: Sum()].calls += result.numModelRequests ?? 0
        sums[place, default: Sum()].promptTokens += result.inputTokens ?? 0
        sums[place, default: Sum()].completionTokens += result.outputTokens ?? 0
      }
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  func costs() async throws -> [(Place, Sum)] {
    var sums: [Place: Sum] = [:]
    let query = "bucket_width=1d&limit=180&group_by=api_key_id&group_by=line_item"
    for result in try await results("costs", query) {
      guard let key = result.apiKeyId, let item = result.lineItem else { continue }
      let place = Place(keyID: key, item: item)
      if item.hasSuffix("output_tokens") {
        sums[place, default: Sum()].completionTokens += result.quantity ?? 0
      } else {
        sums[place, default: Sum()].promptTokens += result.quantity ?? 0
      }
      sums[place, default: Sum()].nanoDollars += result.amount?.nanoDollars ?? 0
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private struct Page: Decodable {
    struct Bucket: Decodable {
      var results: [Result]
    }

    var data: [Bucket]
    var hasMore: Bool
    var nextPage: String?
  }

  private struct Result: Decodable {
    struct Amount: Decodable {
      var value: Decimal

      /// Exact: the provider bills in no smaller part.
      var nanoDollars: Int64 {
        NSDecimalNumber(decimal: value * 1_000_000_000).int64Value
      }
    }

    var apiKeyId: String?
    var lineItem: String?
    var numModelRequests: Int?
    var inputTokens: Int?
    var outputTokens: Int?
    var quantity: Int?
    var amount: Amount?
  }

  private func results(_ path: String, _ query: String) async throws -> [Result] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let day: Int64 = 86_400
    let start = from.unixSeconds / day * day
    let end = (through.unixSeconds / day + 1) * day
    var all: [Result] = []
    var next: String?
    repeat {
      var head = HTTPRequest(
        method: .get,
        scheme: "https",
        authority: host,
        path: "/v1/organization/\(path)?start_time=\(start)&end_time=\(end)&\(query)"
          + (next.map { "&page=\($0)" } ?? "")
      )
      head.headerFields[.authorization] = adminKey.reveal { "Bearer \($0)" }
      let response = try await transport.collect(OutgoingRequest(head: head, body: ByteBuffer()))
      guard response.head.status == .ok else {
        throw ConductorError.setupFailed("the provider's \(path): \(response.head.status.code)")
      }
      let page = try decoder.decode(Page.self, from: Data(response.body.readableBytesView))
      all += page.data.flatMap(\.results)
      next = page.hasMore ? page.nextPage : nil
    } while next != nil
    return all
  }
}

extension Stage {
  /// Every organisation's own view of what its keys cost.
  func readProviderReports() async throws {
    for (mock, organization) in keys.organizations {
      let auditor = try mock.createAdminKey("auditor", organization: organization)
      let reports = ProviderReports(
        transport: admin.transport,
        host: mock.host,
        adminKey: auditor.secret,
        from: scenario.world.startsAt + (.zero - .seconds(86_400)),
        through: world.clock.now
      )
      record(try await reports.usage(), source: .usage)
      record(try await reports.costs(), source: .costs)
    }
  }

  private func record(
    _ sums: [(ProviderReports.Place, ProviderReports.Sum)],
    source: Event.ProviderReport.Source
  ) {
    for (place, sum) in sums {
      guard let key = keys.fingerprint(ofKeyID: place.keyID) else { continue }
      recorder.record(
        .providerReport(
          .init(
            source: source,
            key: key,
            item: place.item,
            calls: sum.calls,
            promptTokens: sum.promptTokens,
            completionTokens: sum.completionTokens,
            nanoDollars: sum.nanoDollars
          )
        )
      )
    }
  }
}
