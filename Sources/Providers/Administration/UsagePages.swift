import Foundation
import Wire
import Worlds

/// The stretch of time that a question to the books is about, cut into buckets and pages.
///
/// Buckets lie on whole minutes, hours or days of UTC; the first and the last are cut where the
/// question begins and ends.
struct UsagePages: Sendable {
  struct Bucket: Sendable {
    let number: Int64
    let start: Int64
    let end: Int64
  }

  /// How many buckets a page may have.
  struct Width: Sendable {
    let seconds: Int64
    let usual: Int
    let most: Int
  }

  static let widths: [String: Width] = [
    "1m": Width(seconds: 60, usual: 60, most: 1_440),
    "1h": Width(seconds: 3_600, usual: 24, most: 168),
    "1d": Width(seconds: 86_400, usual: 7, most: 31),
  ]
  /// Costs have days alone, and more of them.
  static let daysOfCosts = ["1d": Width(seconds: 86_400, usual: 7, most: 180)]
  /// The end of the year 2199: beyond it nanoseconds run out of digits some day.
  private static let latest = 7_258_118_399

  let width: Width
  let buckets: [Bucket]
  let nextPage: String?

  /// - Throws: `Refusal` for a question that cannot be answered.
  init(_ query: QueryParameters, widths: [String: Width], now: Timestamp) throws {
    guard let start = try query.integer("start_time", in: 0...Self.latest) else {
      throw Refusal(RequestFault.missing(parameter: "start_time"))
    }
    let end = try query.integer("end_time", in: 0...Self.latest) ?? Int(now.unixSeconds) + 1
    guard end > start else {
      let wanted = "a later time than start_time"
      throw Refusal(RequestFault.invalid(parameter: "end_time", wanted: wanted))
    }
    let name = try query.word("bucket_width", of: widths.keys.sorted()) ?? "1d"
    guard let width = widths[name] else {
      throw Refusal(RequestFault.invalid(parameter: "bucket_width", wanted: "a known width"))
    }
    let limit = try query.integer("limit", in: 1...width.most) ?? width.usual
    let last = (Int64(end) - 1) / width.seconds
    var first = Int64(start) / width.seconds
    if let page = query.text("page") {
      guard let bucket = Self.bucket(ofPage: page), bucket >= first, bucket <= last else {
        throw Refusal(RequestFault.invalid(parameter: "page", wanted: "a next_page of this query"))
      }
      first = bucket
    }
    let beyond = min(last + 1, first + Int64(limit))
    self.width = width
    buckets = (first..<beyond).map { number in
      Bucket(
        number: number,
        start: max(Int64(start), number * width.seconds),
        end: min(Int64(end), (number + 1) * width.seconds)
      )
    }
    nextPage = beyond <= last ? Self.page(ofBucket: beyond) : nil
  }

  private static func page(ofBucket number: Int64) -> String {
    "page_" + Data(String(number).utf8).base64EncodedString()
  }

  private static func bucket(ofPage page: String) -> Int64? {
    guard page.hasPrefix("page_"), let data = Data(base64Encoded: String(page.dropFirst(5))) else {
      return nil
    }
    return Int64(String(decoding: data, as: UTF8.self))
  }

  /// The question to the ledger that this page needs answered.
  func query(organizationID: String, booked limit: Timestamp) -> UsageQuery {
    let end = Timestamp(unixSeconds: buckets.last?.end ?? 0)
    return UsageQuery(
      organizationID: organizationID,
      from: Timestamp(unixSeconds: buckets.first?.start ?? 0),
      to: min(end, limit),
      bucket: .seconds(width.seconds)
    )
  }

  /// - Parameter results: of a bucket, by its number; none for the others.
  func body(_ results: [Int64: [JSONBody]]) -> JSONBody {
    [
      "object": "page",
      "data": .array(
        buckets.map { bucket in
          [
            "object": "bucket",
            "start_time": .integer(Int(bucket.start)),
            "end_time": .integer(Int(bucket.end)),
            "results": .array(results[bucket.number] ?? []),
          ]
        }
      ),
      "has_more": .bool(nextPage != nil),
      "next_page": .optional(nextPage),
    ]
  }
}
