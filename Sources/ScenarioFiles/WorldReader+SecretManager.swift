import Yams

extension WorldReader {
  /// `secret-manager: vault`: where the vendor keeps its customers' keys.
  func secretManager(_ node: Node) -> WorldDescription.SecretManager? {
    let known = WorldDescription.SecretManager.allCases.map(\.rawValue)
    return reporter.word(node, kind: "secret manager", among: known)
      .flatMap(WorldDescription.SecretManager.init(rawValue:))
  }
}
