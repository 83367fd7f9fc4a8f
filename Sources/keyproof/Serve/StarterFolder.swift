import Crypto
import Foundation

/// What a first start needs: a configuration for one customer, the master key, and an
/// administrator's token.
struct StarterFolder {
  let path: String

  func make(terminal: Terminal) throws {
    let folder = URL(fileURLWithPath: path, isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let token =
      "adm-" + Self.random(24).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let hash = SHA256.hash(data: Data(token.utf8))
      .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    // Nothing that is there is ever overwritten: a new master key would lock every customer out.
    try write(Data(Data(Self.random(32)).base64EncodedString().utf8), "master.key", in: folder)
    try write(Data((token + "\n").utf8), "admin.token", in: folder)
    try write(Data(Self.configuration(hash).utf8), "orchestrator.yaml", in: folder)
    terminal.print(
      """
      Made \(path)/orchestrator.yaml, with its master key and an administrator's token beside it.
      Start it:  keyproof serve orchestrator --config \(path)/orchestrator.yaml
      """
    )
  }

  private func write(_ data: Data, _ name: String, in folder: URL) throws {
    let file = folder.appendingPathComponent(name)
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { throw StarterFailure(file: file.path, code: errno) }
    try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: data)
  }

  private static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
  }

  private static func configuration(_ tokenHash: String) -> String {
    """
    # The whole vocabulary: Sources/Orchestrator/README.md
    server:
      host: 127.0.0.1
      port: 8090
      storage: storage
    orchestrator:
      public_host: localhost
      master_key_file: master.key
      # With a proxy for TLS before it: https:// and its name.
      dashboard: { address: "http://localhost:8090" }
      provider:
        base_url: https://api.openai.com/v1
      tenants:
        - id: acme
          name: Acme
          admin_token_sha256: \(tokenHash)
          departments:
            - id: everybody
              knowledge: [handbook]

    """
  }
}

private struct StarterFailure: Error, CustomStringConvertible {
  let file: String
  let code: Int32
  var description: String { "cannot make \(file): \(String(cString: strerror(code)))" }
}
