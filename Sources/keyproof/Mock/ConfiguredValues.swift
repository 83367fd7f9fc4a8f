import Foundation
import Providers
import ScenarioFiles
import Secrets
import Worlds

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
    guard Self.isHeaderText(text) else {
      throw decoder.fault("a key must be 1 to 512 visible ASCII characters")
    }
    value = Secret(text)
  }

  /// Whether a client could send the text as a bearer token.
  static func isHeaderText(_ text: String) -> Bool {
    (1...512).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
  }
}

/// `{delay: 5s}`, or `{window: 30s, replicas: 8}`.
struct ConfiguredRevocation: Decodable {
  let value: RevocationPropagation

  private enum CodingKeys: CodingKey {
    case delay
    case window
    case replicas
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let delay = try container.decodeIfPresent(ConfiguredDuration.self, forKey: .delay)
    let window = try container.decodeIfPresent(ConfiguredDuration.self, forKey: .window)
    let replicas = try container.decodeIfPresent(Int.self, forKey: .replicas)
    guard (2...1_000).contains(replicas ?? 8) else {
      throw DecodingError.dataCorruptedError(
        forKey: .replicas,
        in: container,
        debugDescription: "\(replicas ?? 0) is not from 2 to 1000"
      )
    }
    switch (delay, window) {
    case (nil, nil): value = .immediate
    case (let delay?, nil): value = .delay(delay.value)
    case (nil, let window?): value = .window(window.value, replicas: replicas ?? 8)
    default: throw decoder.fault("this wants 'delay' or 'window', not both")
    }
  }
}

/// Dollars for a million tokens of a model.
struct ConfiguredPrice: Decodable {
  let value: ModelPrice

  private struct Words: Decodable {
    var model: String
    var input: String
    var cachedInput: String?
    var output: String?
  }

  init(from decoder: any Decoder) throws {
    let words = try Words(from: decoder)
    let price = ModelPrice(
      model: words.model,
      input: words.input,
      cachedInput: words.cachedInput,
      output: words.output
    )
    guard let price else {
      throw decoder.fault(
        "a price is in dollars for a million tokens: \(ModelPrice.mostDollarsPerMillion) at most, "
          + "with at most 3 places"
      )
    }
    value = price
  }
}

extension Decoder {
  /// - Parameter meant: what may have been meant.
  func fault(_ words: String, meant: String? = nil) -> DecodingError {
    .dataCorrupted(
      .init(
        codingPath: codingPath,
        debugDescription: words,
        underlyingError: meant.map(MeantValue.init)
      )
    )
  }
}
