import Worlds

/// What goes wrong with a call that a fault rule strikes. Pieces are the writes of a streamed
/// answer; an answer in one body has two, its halves.
package enum FaultEffect: Sendable, Hashable {
  /// This status with its documented body, or with the type, code and message given.
  case status(Int, Overrides = Overrides(), retryAfter: Duration? = nil)
  /// 429 `insufficient_quota`, which waiting does not cure.
  case quotaExhausted
  /// 429 `rate_limit_exceeded`, with this time in `Retry-After`, rounded up to whole seconds.
  case rateLimited(retryAfter: Duration)
  /// 307 to the same path at another host.
  case redirect(toHost: String)
  /// The head comes so much later.
  case slowHead(Duration)
  /// The connection breaks after so many pieces; before the head when nil.
  case disconnect(afterPieces: Int?)
  /// Nothing comes for so long after so many pieces, then the rest.
  case stall(Duration, afterPieces: Int)
  /// The answer ends, cleanly for HTTP, after so many pieces, at the latest after the last: with
  /// no finish reason and no `[DONE]`.
  case truncate(afterPieces: Int)
  /// The piece after so many is no JSON.
  case malformed(afterPieces: Int)
  /// The body is right and its content type is this.
  case contentType(String)

  package struct Overrides: Sendable, Hashable {
    package var type: String?
    package var code: String?
    package var message: String?

    package init(type: String? = nil, code: String? = nil, message: String? = nil) {
      self.type = type
      self.code = code
      self.message = message
    }
  }
}

extension FaultEffect: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind
    case status
    case type
    case code
    case message
    case retryAfter = "retry_after_ms"
    case host
    case milliseconds = "ms"
    case afterPieces = "after_pieces"
    case contentType = "content_type"
  }

  private enum Kind: String, Codable {
    case status
    case quotaExhausted = "quota_exhausted"
    case rateLimited = "rate_limited"
    case redirect
    case slowHead = "slow_head"
    case disconnect
    case stall
    case truncate
    case malformed
    case contentType = "content_type"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func duration(_ key: CodingKeys) throws -> Duration {
      try container.decodeMilliseconds(forKey: key)
    }
    func pieces() throws -> Int {
      let pieces = try container.decodeIfPresent(Int.self, forKey: .afterPieces) ?? 0
      guard pieces >= 0 else { throw container.fault(.afterPieces, "at least 0") }
      return pieces
    }
    switch try container.decode(Kind.self, forKey: .kind) {
    case .status:
      let status = try container.decode(Int.self, forKey: .status)
      guard (300...599).contains(status) else { throw container.fault(.status, "300 to 599") }
      let overrides = Overrides(
        type: try container.decodeIfPresent(String.self, forKey: .type),
        code: try container.decodeIfPresent(String.self, forKey: .code),
        message: try container.decodeIfPresent(String.self, forKey: .message)
      )
      let wait = container.contains(.retryAfter) ? try duration(.retryAfter) : nil
      self = .status(status, overrides, retryAfter: wait)
    case .quotaExhausted: self = .quotaExhausted
    case .rateLimited: self = .rateLimited(retryAfter: try duration(.retryAfter))
    case .redirect: self = .redirect(toHost: try container.decode(String.self, forKey: .host))
    case .slowHead: self = .slowHead(try duration(.milliseconds))
    case .disconnect:
      self = .disconnect(afterPieces: container.contains(.afterPieces) ? try pieces() : nil)
    case .stall: self = .stall(try duration(.milliseconds), afterPieces: try pieces())
    case .truncate: self = .truncate(afterPieces: try pieces())
    case .malformed: self = .malformed(afterPieces: try pieces())
    case .contentType:
      self = .contentType(try container.decode(String.self, forKey: .contentType))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .status(let status, let overrides, let retryAfter):
      try container.encode(Kind.status, forKey: .kind)
      try container.encode(status, forKey: .status)
      try container.encodeIfPresent(overrides.type, forKey: .type)
      try container.encodeIfPresent(overrides.code, forKey: .code)
      try container.encodeIfPresent(overrides.message, forKey: .message)
      try container.encodeIfPresent(retryAfter?.milliseconds, forKey: .retryAfter)
    case .quotaExhausted: try container.encode(Kind.quotaExhausted, forKey: .kind)
    case .rateLimited(let retryAfter):
      try container.encode(Kind.rateLimited, forKey: .kind)
      try container.encode(retryAfter.milliseconds, forKey: .retryAfter)
    case .redirect(let host):
      try container.encode(Kind.redirect, forKey: .kind)
      try container.encode(host, forKey: .host)
    case .slowHead(let delay):
      try container.encode(Kind.slowHead, forKey: .kind)
      try container.encode(delay.milliseconds, forKey: .milliseconds)
    case .disconnect(let pieces):
      try container.encode(Kind.disconnect, forKey: .kind)
      try container.encodeIfPresent(pieces, forKey: .afterPieces)
    case .stall(let delay, let pieces):
      try container.encode(Kind.stall, forKey: .kind)
      try container.encode(delay.milliseconds, forKey: .milliseconds)
      try container.encode(pieces, forKey: .afterPieces)
    case .truncate(let pieces):
      try container.encode(Kind.truncate, forKey: .kind)
      try container.encode(pieces, forKey: .afterPieces)
    case .malformed(let pieces):
      try container.encode(Kind.malformed, forKey: .kind)
      try container.encode(pieces, forKey: .afterPieces)
    case .contentType(let type):
      try container.encode(Kind.contentType, forKey: .kind)
      try container.encode(type, forKey: .contentType)
    }
  }
}
