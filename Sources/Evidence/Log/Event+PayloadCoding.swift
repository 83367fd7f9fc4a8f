import Secrets
import Worlds

/// `{"tenant":"acme"}`, or `{"vendor":true}`.
extension KeyOwner: Codable {
  private enum CodingKeys: String, CodingKey {
    case tenant
    case vendor
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let tenant = try container.decodeIfPresent(String.self, forKey: .tenant) {
      self = .tenant(tenant)
    } else {
      _ = try container.decode(Bool.self, forKey: .vendor)
      self = .vendor
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .tenant(let tenant): try container.encode(tenant, forKey: .tenant)
    case .vendor: try container.encode(true, forKey: .vendor)
    }
  }
}

/// `{"key":"0a1b…"}`, or `{"canary":"…"}`.
extension Event.Sighting.Subject: Codable {
  private enum CodingKeys: String, CodingKey {
    case key
    case canary
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let key = try container.decodeIfPresent(Fingerprint.self, forKey: .key) {
      self = .key(key)
    } else {
      self = .canary(try container.decode(String.self, forKey: .canary))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .key(let key): try container.encode(key, forKey: .key)
    case .canary(let canary): try container.encode(canary, forKey: .canary)
    }
  }
}
