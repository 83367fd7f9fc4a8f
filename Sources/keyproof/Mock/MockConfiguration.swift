import Foundation
import Providers
import ScenarioFiles
import Secrets
import Worlds

/// What a configuration file says; every part of it may be left out.
struct MockConfiguration: Decodable {
  var seed: UInt64?
  var controlToken: String?
  var organizations: [Organization]?
  var revocation: Revocation?
  var access: Access?
  var books: Books?
  var journal: Journal?
  var latency: Latency?
  var behaviour: ProviderBehaviour?
  var limits: Limits?

  struct Organization: Decodable {
    var name: String
    var adminKeys: [AdminKey]?
    var projects: [Project]?
  }

  struct AdminKey: Decodable {
    var name: String
    var value: HeaderText?
  }

  struct Project: Decodable {
    var name: String
    var keys: [Key]?
  }

  struct Key: Decodable {
    var name: String
    var value: HeaderText?
    var expiresIn: ConfiguredDuration?
    var scopes: [String]?
    var endpoints: [String]?
    var disabled: Bool?
  }

  struct Revocation: Decodable {
    var delay: ConfiguredDuration?
    var window: ConfiguredDuration?
    var replicas: Count?
  }

  struct Access: Decodable {
    var missingScopeStatus: Int?
    var deleteServiceAccountKeys: Bool?
  }

  struct Books: Decodable {
    var usageDelay: ConfiguredDuration?
    var costsDelay: ConfiguredDuration?
    var amounts: BookSettings.AmountForm?
    var prices: [Price]?
  }

  struct Price: Decodable {
    var model: String
    var input: String
    var cachedInput: String?
    var output: String?
  }

  struct Journal: Decodable {
    var capacity: Count?
  }

  struct Latency: Decodable {
    var firstToken: ConfiguredRange?
    var betweenTokens: ConfiguredRange?
    var embedding: ConfiguredRange?
  }

  struct Limits: Decodable {
    var connections: Count?
    var idle: ConfiguredDuration?
    var body: ConfiguredDuration?
    var stall: ConfiguredDuration?
    var drain: ConfiguredDuration?
  }
}

/// `250ms`, `30s`, `1h30m`.
struct ConfiguredDuration: Decodable {
  let value: Duration

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let duration = DurationText.duration(text) else {
      throw decoder.fault("'\(text)' is no duration such as 250ms, 30s or 1h30m")
    }
    value = duration
  }

  /// For limits that are kept by the second.
  var wholeSeconds: Int { max(1, Int(value.nanoseconds / 1_000_000_000)) }
}

/// `200ms..900ms`, or one duration.
struct ConfiguredRange: Decodable {
  let value: ClosedRange<Duration>

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let range = DurationText.range(text) else {
      throw decoder.fault("'\(text)' is no range of durations such as 200ms..900ms")
    }
    value = range
  }
}

/// A whole number from 1 to a million.
struct Count: Decodable {
  let value: Int

  init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(Int.self)
    guard (1...1_000_000).contains(value) else {
      throw decoder.fault("\(value) is not from 1 to 1000000")
    }
  }
}

/// A value that a client can send in a header.
struct HeaderText: Decodable {
  let value: Secret

  init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard MockOptions.isHeaderText(text) else {
      throw decoder.fault("a key must be 1 to 512 visible ASCII characters")
    }
    value = Secret(text)
  }
}

extension Decoder {
  fileprivate func fault(_ words: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: codingPath, debugDescription: words))
  }
}
