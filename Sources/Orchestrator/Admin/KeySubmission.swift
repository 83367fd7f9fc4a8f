import Secrets
import Wire

/// What an administrator sends to install a key:
///
///     {"api_key": "sk-…"}
///     {"provider": "azure", "endpoint": "https://NAME.openai.azure.com",
///      "chat_deployment": "…", "embeddings_deployment": "…",
///      "api_version": "2024-10-21", "api_key": "…"}
///
/// Without `api_version`, or with `v1`, the surface without versions is used.
struct KeySubmission: Sendable {
  /// Why a body is no such submission.
  enum Fault: Error, Equatable {
    /// Not JSON, a member of the wrong kind, an unknown provider, or a key that none is.
    case malformed
    /// The address is none of an Azure OpenAI resource.
    case badEndpoint
    /// A deployment or the version is missing, or cannot be one.
    case badDeployment
  }

  static let members: Set<String> = [
    "provider", "api_key", "endpoint", "chat_deployment", "embeddings_deployment", "api_version",
  ]

  let credential: ModelCredential

  /// - Parameter azureHostSuffixes: of the hosts to which an Azure key may be sent.
  init(json: [UInt8], azureHostSuffixes: [String]) throws(Fault) {
    try self.init(try Self.texts(in: json), azureHostSuffixes: azureHostSuffixes)
  }

  /// - Parameter texts: the members of a submission, or the fields of a form, that are known here.
  init(_ texts: [String: String], azureHostSuffixes: [String]) throws(Fault) {
    guard let key = texts["api_key"], Self.mayBeKey(key) else { throw .malformed }
    let destination: ModelDestination
    switch texts["provider"] ?? "openai" {
    case "openai":
      guard texts.keys.allSatisfy({ $0 == "provider" || $0 == "api_key" }) else {
        throw .malformed
      }
      destination = .openAI
    case "azure":
      destination = .azure(try Self.endpoint(texts, azureHostSuffixes))
    default: throw .malformed
    }
    credential = ModelCredential(secret: Secret(key), destination: destination)
  }

  private static func texts(in json: [UInt8]) throws(Fault) -> [String: String] {
    var reader = JSONReader(json)
    var texts: [String: String] = [:]
    do {
      try reader.readObject { name, reader in
        // Members that nobody knows are left alone, as ever; a known one is a text.
        guard members.contains(name) else { return try reader.skipValue() }
        texts[name] = try reader.readString()
      }
      try reader.finish()
    } catch {
      throw .malformed
    }
    return texts
  }

  /// A key must be able to stand in a header: anything else never was one.
  private static func mayBeKey(_ key: String) -> Bool {
    (8...512).contains(key.utf8.count) && key.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
  }

  private static func endpoint(
    _ texts: [String: String],
    _ suffixes: [String]
  ) throws(Fault) -> AzureEndpoint {
    guard let address = texts["endpoint"], address.utf8.count <= 300,
      let endpoint = Endpoint(address), endpoint.scheme == "https", endpoint.path.isEmpty,
      let host = host(endpoint.authority, suffixes)
    else { throw .badEndpoint }
    guard let chat = texts["chat_deployment"], mayBeDeployment(chat),
      let embeddings = texts["embeddings_deployment"], mayBeDeployment(embeddings)
    else { throw .badDeployment }
    let version = texts["api_version"] ?? "v1"
    guard version == "v1" || mayBeVersion(version) else { throw .badDeployment }
    return AzureEndpoint(
      host: host,
      chatDeployment: chat,
      embeddingsDeployment: embeddings,
      apiVersion: version == "v1" ? nil : version
    )
  }

  /// One label before the suffix, and no port: what Azure gives to a resource.
  private static func host(_ authority: String, _ suffixes: [String]) -> String? {
    let host = authority.lowercased()
    guard let suffix = suffixes.first(where: { host.hasSuffix($0) }) else { return nil }
    let name = host.dropLast(suffix.count)
    guard (2...64).contains(name.utf8.count), !name.contains("."), !name.contains(":"),
      name.first != "-", name.last != "-"
    else { return nil }
    return host
  }

  private static func mayBeDeployment(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }

  /// `2024-10-21` or `2025-04-01-preview`.
  private static func mayBeVersion(_ version: String) -> Bool {
    let date = version.hasSuffix("-preview") ? version.dropLast("-preview".count) : version[...]
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [4, 2, 2]
      && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }
}
