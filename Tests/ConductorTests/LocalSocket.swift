import Foundation

/// A TCP socket of this machine: enough of a client, and of somebody who has a port already.
final class LocalSocket {
  private let descriptor: Int32

  init?() {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    close(descriptor)
  }

  /// Takes a free port of 127.0.0.1.
  func listen() -> Bool {
    withAddress(port: 0) { bind(descriptor, $0, $1) == 0 } && Foundation.listen(descriptor, 1) == 0
  }

  /// Whether somebody has connected to it, and waits to be accepted.
  var hasVisitor: Bool {
    var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&question, 1, 0) > 0
  }

  var port: Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Sends the text, and reads until the other side closes.
  func exchange(_ text: String, port: Int) -> String? {
    guard withAddress(port: port, { connect(descriptor, $0, $1) == 0 }) else { return nil }
    let sent = Array(text.utf8)
    guard write(descriptor, sent, sent.count) == sent.count else { return nil }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      received += buffer[..<count]
    }
    return String(decoding: received, as: UTF8.self)
  }

  private func withAddress(
    port: Int,
    _ use: (UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        use($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
