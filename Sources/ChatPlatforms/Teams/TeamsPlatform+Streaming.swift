import HTTPTypes
import Hummingbird
import Synchronization
import Wire
import Worlds

/// An answer that grows in one message of a personal chat.
struct StreamedAnswer: Sendable {
  var id: String
  var inReplyTo: String?
  var sequence: Int
  /// Of `streaming` pieces; informative ones leave nothing behind.
  var text = ""
  var hasText = false
  var begunAt: Timestamp
  var lastAt: Timestamp
  var isFinished = false

  /// The documented bounds.
  static let longest = Duration.seconds(120)
  static let pause = Duration.seconds(1)
  static let longestInformation = 1_024
}

extension BotFramework.Activity {
  /// What makes this activity a piece of a streamed answer.
  var streamPiece: BotFramework.Entity? {
    entities?.first { $0.type == "streaminfo" }
  }
}

extension TeamsPlatform {
  /// Why a piece is not taken.
  private enum Refused: Error {
    case badRequest(String)
    case notAllowed(String)
    case tooFast
    /// A late piece is dropped, and the bot is told so with a status of success.
    case outOfOrder
  }

  func stream(
    _ activity: BotFramework.Activity,
    _ piece: BotFramework.Entity,
    _ pathID: String,
    _ place: ChatPlace
  ) throws -> Response {
    do {
      guard place.conversation.kind == .personal else {
        throw Refused.notAllowed("Content stream is not allowed")
      }
      switch (activity.type, piece.streamType) {
      case ("typing", "informative"), ("typing", "streaming"):
        guard activity.cards.isEmpty else {
          throw Refused.badRequest("Attachments come with the final activity.")
        }
        return piece.streamId == nil
          ? try begin(activity, piece, pathID, place) : try add(activity, piece, place)
      case ("message", "final"): return try end(activity, piece, place)
      default: throw Refused.badRequest("The stream type does not fit the activity.")
      }
    } catch let refused as Refused {
      return try answer(to: refused)
    }
  }

  private func begin(
    _ activity: BotFramework.Activity,
    _ piece: BotFramework.Entity,
    _ pathID: String,
    _ place: ChatPlace
  ) throws -> Response {
    let conversation = place.conversation.id
    let now = clock.now
    let text = try Self.text(of: activity, piece)
    guard piece.streamSequence == 1 else {
      throw Refused.badRequest("The first activity of a stream has sequence 1.")
    }
    let isBusy = state.withLock { state in
      guard let open = state.streams[conversation], !open.isFinished else { return false }
      return now - open.begunAt < StreamedAnswer.longest
    }
    // One stream at a time in a chat.
    guard !isBusy else { throw Refused.notAllowed("Content stream is not allowed") }
    let (id, inReplyTo) = newMessage(of: activity, pathID, in: conversation)
    var stream = StreamedAnswer(
      id: id,
      inReplyTo: inReplyTo,
      sequence: 1,
      begunAt: now,
      lastAt: now
    )
    show(text, piece, in: &stream, place)
    let begun = stream
    state.withLock { $0.streams[conversation] = begun }
    return json.response(.created, written: BotFramework.ResourceResponse(id: id))
  }

  private func add(
    _ activity: BotFramework.Activity,
    _ piece: BotFramework.Entity,
    _ place: ChatPlace
  ) throws -> Response {
    var stream = try open(piece, in: place)
    let text = try Self.text(of: activity, piece)
    guard let sequence = piece.streamSequence, sequence > 0 else {
      throw Refused.badRequest("A piece of a stream has a sequence.")
    }
    guard sequence > stream.sequence else { throw Refused.outOfOrder }
    guard clock.now - stream.lastAt >= StreamedAnswer.pause else { throw Refused.tooFast }
    if piece.streamType == "informative", stream.hasText {
      throw Refused.badRequest("Information comes before the answer.")
    }
    guard text.hasPrefix(stream.text) else {
      throw Refused.badRequest("A piece contains what was streamed before.")
    }
    stream.sequence = sequence
    stream.lastAt = clock.now
    show(text, piece, in: &stream, place)
    let grown = stream
    state.withLock { $0.streams[place.conversation.id] = grown }
    return json.empty(.accepted)
  }

  private func end(
    _ activity: BotFramework.Activity,
    _ piece: BotFramework.Entity,
    _ place: ChatPlace
  ) throws -> Response {
    guard piece.streamSequence == nil else {
      throw Refused.badRequest("The final activity of a stream has no sequence.")
    }
    let stream = try open(piece, in: place)
    guard let text = activity.text, !text.isEmpty, text.hasPrefix(stream.text) else {
      throw Refused.badRequest("The final text contains what was streamed before.")
    }
    state.withLock { $0.streams[place.conversation.id]?.isFinished = true }
    replies.report(activity.shownText, in: place, inReplyTo: stream.inReplyTo)
    keepCard(of: activity, as: stream.id, answering: stream.inReplyTo, in: place)
    return json.empty(.accepted)
  }

  /// The stream that a piece belongs to, if it may still grow.
  private func open(_ piece: BotFramework.Entity, in place: ChatPlace) throws -> StreamedAnswer {
    let newest = state.withLock { $0.streams[place.conversation.id] }
    guard let stream = newest, stream.id == piece.streamId else {
      throw Refused.badRequest("There is no such stream.")
    }
    guard !stream.isFinished else {
      throw Refused.notAllowed(
        "Content stream is not allowed on an already completed streamed message"
      )
    }
    guard clock.now - stream.begunAt < StreamedAnswer.longest else {
      throw Refused.notAllowed("Content stream finished due to exceeded streaming time.")
    }
    return stream
  }

  private static func text(
    of activity: BotFramework.Activity,
    _ piece: BotFramework.Entity
  ) throws -> String {
    guard let text = activity.text, !text.isEmpty else {
      throw Refused.badRequest("Streaming activities should include text.")
    }
    let isInformative = piece.streamType == "informative"
    guard !isInformative || text.utf8.count <= StreamedAnswer.longestInformation else {
      throw Refused.badRequest("Information has at most 1 KB.")
    }
    return text
  }

  /// The person sees a piece.
  private func show(
    _ text: String,
    _ piece: BotFramework.Entity,
    in stream: inout StreamedAnswer,
    _ place: ChatPlace
  ) {
    guard piece.streamType == "streaming" else {
      return observe(.typing(conversation: place.conversation.id))
    }
    stream.text = text
    stream.hasText = true
    replies.report(text, in: place, inReplyTo: stream.inReplyTo, isPartial: true)
  }

  private func answer(to refused: Refused) throws -> Response {
    switch refused {
    case .badRequest(let reason):
      observe(.rejectedVendorCall(reason: "Teams stream: \(reason)"))
      return try refusal(.badRequest, "BadRequest", reason).response
    case .notAllowed(let reason):
      observe(.rejectedVendorCall(reason: "Teams stream: \(reason)"))
      return try refusal(.forbidden, "ContentStreamNotAllowed", reason).response
    case .tooFast:
      observe(.rejectedVendorCall(reason: "Teams stream: too fast"))
      var response = try refusal(.tooManyRequests, "Throttled", "Too many requests.").response
      response.headers[.retryAfter] = "1"
      return response
    case .outOfOrder:
      return try json.response(
        .accepted,
        BotFramework.ErrorBody(
          code: "ContentStreamSequenceOrderPreConditionFailed",
          message: "The piece came too late and was dropped."
        )
      )
    }
  }
}
