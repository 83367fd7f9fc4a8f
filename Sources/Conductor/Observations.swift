import ChatPlatforms
import Evidence
import Foundation
import NIOCore
import Providers
import Secrets
import Synchronization
import Worlds

/// Turns what the provider and the platforms report into events.
struct Observations: Sendable {
  let recorder: Recorder
  let scanner: SurfaceScanner
  let fingerprinter: Fingerprinter
  let cast: Cast
  let meters: LatencyMeters
  let sightings: Sightings
  let replyTexts: ReplyTexts
  let paired: PairedSight
  let texts: TextSearch?
  let wiretap: Wiretap

  init(
    _ recorder: Recorder,
    _ wiretap: Wiretap,
    _ cast: Cast,
    _ meters: LatencyMeters,
    _ replyTexts: ReplyTexts,
    _ paired: PairedSight,
    _ texts: TextSearch?
  ) {
    self.texts = texts
    self.paired = paired
    self.recorder = recorder
    scanner = wiretap.scanner
    fingerprinter = wiretap.fingerprinter
    self.cast = cast
    self.meters = meters
    sightings = wiretap.sightings
    self.wiretap = wiretap
    self.replyTexts = replyTexts
  }

  @Sendable func take(_ call: ObservedCall) {
    // The owners of accounts read their books there; the vendor has no key for that.
    guard call.status != 200 || !call.endpoint.hasPrefix("/v1/organization/") else { return }
    var canaries: [String] = []
    for hit in scanner.scanPlain(call.prompt) {
      if case .canary(let id) = hit.subject { canaries.append(id) }
    }
    wiretap.expect(call.requestID, ofCall: call.order)
    let key = call.presented.map { fingerprinter.fingerprint(of: $0) }
    recorder.record(
      .providerCall(
        Event.ProviderCall(
          order: call.order,
          host: call.host,
          endpoint: call.endpoint,
          model: call.model,
          key: key,
          project: call.projectID,
          arrivedAt: call.arrivedAt,
          authenticatedAt: call.authenticatedAt,
          status: call.status,
          errorCode: call.errorCode,
          outcome: .init(rawValue: call.outcome.rawValue) ?? .refused,
          promptTokens: call.promptTokens,
          completionTokens: call.completionTokens,
          streamed: call.streamed,
          promptCanaries: canaries,
          completionCanary: call.completionMarker
        )
      )
    )
    if call.struckByFault {
      recorder.record(.fault(.init(name: "provider", phase: .struck)))
    }
    if let marker = call.completionMarker { texts?.note(answer: marker) }
    meters.add(upstream: call.upstreamDelay, ofCall: call.order, canaries: canaries)
  }

  @Sendable func take(_ observation: ChatObservation) {
    paired.keep(observation, cast)
    switch observation {
    case .attempt(let attempt):
      recorder.record(
        .delivery(
          Event.Delivery(
            message: attempt.message,
            attempt: attempt.number,
            status: attempt.status,
            request: wiretap.payloads.payload(of: [attempt.body], status: attempt.status),
            response: wiretap.payloads.payload(of: [attempt.answer], status: attempt.status)
          )
        )
      )
    case .reply(let reply): take(reply)
    case .deliveryResponse(let message, let body):
      sightings.searched(.deliveryResponse, bytes: body.readableBytes)
      for hit in body.withUnsafeReadableBytes({ scanner.scanForKeys($0) }) {
        sightings.record(hit, surface: .deliveryResponse, place: message)
      }
    case .typing, .rejectedVendorCall: break
    }
  }

  /// What evidence keeps of a notice: never a text that a marker stands for.
  private static func words(of text: String) -> String? {
    var words = String(CanarySearch.redacted(text).prefix(300))
    let isLeaking = words.withUTF8 { CanarySearch.isFound(in: UnsafeRawBufferPointer($0)) }
    return isLeaking ? nil : words
  }

  private func take(_ reply: ReceivedReply) {
    let markers = CompletionMarker.all(in: reply.text)
    var canaries: [String] = []
    var hasKey = false
    for hit in scanner.scan(reply.text) {
      switch hit.subject {
      case .canary(let id): if !canaries.contains(id) { canaries.append(id) }
      case .key:
        hasKey = true
        sightings.record(hit, surface: .reply, place: reply.conversation)
      }
    }
    sightings.searched(.reply, bytes: reply.text.utf8.count)
    let tenant = cast.tenantOfConversation[reply.conversation] ?? "unknown"
    recorder.record(
      .reply(
        Event.Reply(
          message: reply.inReplyTo,
          conversation: reply.conversation,
          tenant: tenant,
          nature: reply.isPartial ? .partial : markers.isEmpty ? .notice : .answer,
          completionCanaries: markers,
          canaries: canaries,
          words: markers.isEmpty && !hasKey && !reply.isPartial ? Self.words(of: reply.text) : nil,
          length: reply.text.utf16.count,
          isUpdate: reply.isUpdate ? true : nil
        )
      )
    )
    if let message = reply.inReplyTo {
      replyTexts.add(reply.text, to: message)
      guard !reply.isPartial else { return }
      meters.replied(to: message)
    }
  }
}

/// The marker that the mock model puts into every completion, by which an answer names the call
/// that it rests on.
enum CompletionMarker {
  private static let prefix = Array("cm-".utf8)
  private static let digits = 20

  /// All markers in `text`, each once, in order.
  static func all(in text: String) -> [String] {
    var found: [String] = []
    let bytes = Array(text.utf8)
    guard bytes.count >= prefix.count + digits else { return [] }
    var index = 0
    while index <= bytes.count - prefix.count - digits {
      guard bytes[index] == prefix[0], bytes[index + 1] == prefix[1],
        bytes[index + 2] == prefix[2],
        bytes[(index + 3)..<(index + 3 + digits)].allSatisfy(isHexDigit)
      else {
        index += 1
        continue
      }
      let marker = String(decoding: bytes[index..<(index + 3 + digits)], as: UTF8.self)
      if !found.contains(marker) { found.append(marker) }
      index += prefix.count + digits
    }
    return found
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
