import Hummingbird
import NIOCore
import Worlds

/// A fault has ended an answer in a way that is clean for HTTP.
struct AnswerCut: Error {}

/// Writes an answer piece by piece, and lets the faults of its call strike between them.
struct AnswerWriter {
  private var base: any ResponseBodyWriter
  private let plan: CallPlan
  private let isStruck: Bool
  private let call: OngoingCall
  private let clock: any WorldClock
  /// Pieces that went out, the last one perhaps without its ending.
  private(set) var pieces = 0

  init(
    _ base: any ResponseBodyWriter,
    _ plan: CallPlan,
    _ call: OngoingCall,
    clock: any WorldClock
  ) {
    self.base = base
    self.plan = plan
    self.call = call
    self.clock = clock
    isStruck = plan.strikesAnswer
  }

  /// - Parameter endingAt: in the last piece, where that begins which says that the answer is
  ///   complete; nil in the others.
  /// - Throws: `AnswerCut`, `TransportError.connectionReset`, or what the connection throws.
  mutating func write(_ bytes: [UInt8], endingAt: Int? = nil) async throws {
    guard isStruck else {
      try await base.write(ByteBuffer(bytes: bytes))
      pieces += 1
      return
    }
    var bytes = bytes
    var end: (any Error)?
    for effect in plan.effects {
      switch effect {
      case .stall(let delay, let after) where after == pieces:
        strike()
        try await clock.sleep(for: delay)
      case .malformed(let after) where after == pieces || (after > pieces && endingAt != nil):
        strike()
        bytes = Self.malformed(bytes)
      case .truncate(let after) where after <= pieces || endingAt != nil:
        end = AnswerCut()
      case .disconnect(let after?) where after <= pieces || endingAt != nil:
        end = TransportError.connectionReset
      default: break
      }
      if end == nil { continue }
      strike()
      let strikesBefore = plan.cuts(before: pieces)
      if !strikesBefore, let endingAt {
        try await writeOut(Array(bytes[..<min(endingAt, bytes.count)]))
      }
      break
    }
    if let end { throw end }
    try await writeOut(bytes)
  }

  private mutating func writeOut(_ bytes: [UInt8]) async throws {
    if !bytes.isEmpty { try await base.write(ByteBuffer(bytes: bytes)) }
    pieces += 1
  }

  private func strike() {
    call.update { $0.struckByFault = true }
  }

  /// Without its second half and what would end a record properly, but for the line's end.
  private static func malformed(_ bytes: [UInt8]) -> [UInt8] {
    Array(bytes[..<(bytes.count / 2)]) + Array("\u{0}{]\n\n".utf8)
  }
}

extension CallPlan {
  /// Whether anything is to happen while the answer is written.
  var strikesAnswer: Bool {
    effects.contains { effect in
      switch effect {
      case .stall, .truncate, .malformed, .disconnect(.some): true
      default: false
      }
    }
  }

  /// Whether the answer ends before the piece with this number.
  func cuts(before piece: Int) -> Bool {
    effects.contains { effect in
      switch effect {
      case .truncate(let after), .disconnect(let after?): after <= piece
      default: false
      }
    }
  }

  /// Puts a wrong content type in the place of the right one.
  func spoil(_ facts: inout SuccessFacts, _ call: OngoingCall) {
    for case .contentType(let type) in effects {
      facts.contentType = type
      call.update { $0.struckByFault = true }
    }
  }
}
