import Evidence
import Foundation
import HTTPTypes
import NIOCore
import Secrets
import Synchronization
import Worlds

/// Listens on the network: every exchange that the vendor opens becomes an event, and whatever
/// travels outside of a provider's credential header is searched for keys.
final class Wiretap: Sendable {
  let scanner: SurfaceScanner
  let fingerprinter: Fingerprinter
  let sightings: Sightings
  let payloads: PayloadMaker
  private let recorder: Mutex<Recorder?> = Mutex(nil)
  /// Where a credential header is at its place.
  private let providerHosts = Mutex<Set<String>>([])
  /// Where a key in a request's body is at its place: on its way into custody.
  private let managerHosts = Mutex<Set<String>>([])
  private let meters: Mutex<LatencyMeters?> = Mutex(nil)
  private let texts: Mutex<TextSearch?> = Mutex(nil)
  /// Of calls whose responses are still on their way, by what the provider named them.
  private let orders = Mutex<[String: Int]>([:])

  init(fingerprinter: Fingerprinter) {
    self.fingerprinter = fingerprinter
    scanner = SurfaceScanner()
    sightings = Sightings()
    payloads = PayloadMaker(scanner: scanner)
  }

  /// The world exists before its recorder does.
  ///
  /// - Returns: what meters the exchanges of measured questions from now on.
  func connect(
    _ recorder: Recorder,
    clock: any WorldClock,
    texts: TextSearch?,
    to cast: Cast
  ) -> LatencyMeters {
    let meters = LatencyMeters(clock: clock)
    self.texts.withLock { $0 = texts }
    managerHosts.withLock { $0 = Set(cast.custody.hosts) }
    providerHosts.withLock { $0 = Set(cast.providerHosts) }
    self.recorder.withLock { $0 = recorder }
    self.meters.withLock { $0 = meters }
    sightings.connect(recorder)
    return meters
  }

  /// - Parameter id: as the response carries it; empty where none will.
  func expect(_ id: String, ofCall order: Int) {
    guard !id.isEmpty else { return }
    orders.withLock { $0[id] = order }
  }

  func take(_ exchange: ObservedExchange) {
    guard VendorLife.isVendor(exchange.from),
      let recorder = recorder.withLock({ $0 })
    else { return }
    let finds = finds(in: exchange)
    let key = credential(in: finds)
    let bytes = sizeWithoutCredentials(exchange)
    let status = exchange.response?.status.code ?? 0
    let carries = carriesTexts(exchange.host)
    let order = call(answeredBy: exchange.response)
    recorder.record(
      .exchange(
        Event.Exchange(
          host: exchange.host,
          method: exchange.request.method.rawValue,
          path: path(of: exchange.request, finds),
          key: key,
          requestBytes: bytes,
          status: status,
          call: order,
          request: carries ? payloads.payload(of: exchange.sentBody, status: status) : nil,
          response: carries ? payloads.payload(of: exchange.responseBody, status: status) : nil
        )
      )
    )
    report(finds, of: exchange, credential: key)
    searchForTexts(exchange)
    meters.withLock { $0 }?.addRequest(
      bytes: bytes,
      with: partner(exchange.host),
      took: exchange.endedAt - exchange.startedAt,
      call: order,
      path: exchange.request.path ?? ""
    )
  }

  private func partner(_ host: String) -> LatencyMeters.Partner {
    if providerHosts.withLock({ $0.contains(host) }) { return .provider }
    if Stage.chatHosts.contains(host) { return .platform }
    return managerHosts.withLock { $0.contains(host) } ? .manager : .other
  }

  private func call(answeredBy response: HTTPResponse?) -> Int? {
    guard let name = Self.callName, let id = response?.headerFields[name] else { return nil }
    return orders.withLock { $0.removeValue(forKey: id) }
  }

  /// Providers and chat platforms. What goes to secret managers and to issuers of tokens is secret
  /// in itself, and not the same in two runs.
  private func carriesTexts(_ host: String) -> Bool {
    Stage.chatHosts.contains(host) || providerHosts.withLock { $0.contains(host) }
  }

  /// The keys in one part of a request.
  private struct Find {
    enum Place: Equatable {
      case path
      case header(HTTPField.Name)
      case body
    }

    var place: Place
    var hits: [SurfaceScanner.Hit]
  }

  private func finds(in exchange: ObservedExchange) -> [Find] {
    var finds: [Find] = []
    func add(_ hits: [SurfaceScanner.Hit], at place: Find.Place) {
      if !hits.isEmpty { finds.append(Find(place: place, hits: hits)) }
    }
    var bytes = 0
    let path = exchange.request.path ?? ""
    bytes += path.utf8.count
    add(scanner.scanForKeys(path), at: .path)
    for field in exchange.request.headerFields {
      bytes += field.value.utf8.count
      add(scanner.scanForKeys(repeated: field.value), at: .header(field.name))
    }
    let isManager = managerHosts.withLock { $0.contains(exchange.host) }
    if let body = exchange.requestBody, !isManager {
      bytes += body.readableBytes
      add(body.withUnsafeReadableBytes { scanner.scanForKeys($0) }, at: .body)
    }
    sightings.searched(.request, bytes: bytes)
    return finds
  }

  private func credential(in finds: [Find]) -> Fingerprint? {
    if finds.isEmpty { return nil }
    for name in Self.credentialHeaders {
      for find in finds where find.place == .header(name) {
        for hit in find.hits where hit.isWhole {
          if case .key(let fingerprint) = hit.subject { return fingerprint }
        }
      }
    }
    return nil
  }

  /// - Parameter credential: may stand in the credential headers of a provider; any other key there
  ///   is one too many, and so is this one anywhere else.
  private func report(
    _ finds: [Find],
    of exchange: ObservedExchange,
    credential: Fingerprint?
  ) {
    if finds.isEmpty { return }
    let isProvider = providerHosts.withLock { $0.contains(exchange.host) }
    for find in finds {
      var hits = find.hits
      var place =
        switch find.place {
        case .path: "path"
        case .header(let name): name.rawName
        case .body: "body"
        }
      if isProvider, let credential, case .header(let name) = find.place,
        Self.credentialHeaders.contains(name)
      {
        hits.removeAll { $0.subject == .key(credential) }
        place += ", a second key"
      }
      for hit in hits {
        sightings.record(hit, surface: .request, place: "\(exchange.host) \(place)")
      }
    }
  }

  /// Prompts go to providers and replies to chat platforms; whoever else gets texts keeps a log.
  private func searchForTexts(_ exchange: ObservedExchange) {
    guard let texts = texts.withLock({ $0 }), !Stage.chatHosts.contains(exchange.host),
      !providerHosts.withLock({ $0.contains(exchange.host) })
    else { return }
    var bytes = Data((exchange.request.path ?? "").utf8)
    if let body = exchange.requestBody { bytes += Data(body.readableBytesView) }
    texts.search(bytes, .request, place: exchange.host)
  }

  private func sizeWithoutCredentials(_ exchange: ObservedExchange) -> Int {
    var bytes = exchange.request.method.rawValue.utf8.count
    bytes += (exchange.request.path ?? "").utf8.count
    for field in exchange.request.headerFields
    where !Self.credentialHeaders.contains(field.name) {
      bytes += field.name.rawName.utf8.count + field.value.utf8.count + 4
    }
    return bytes + (exchange.requestBody?.readableBytes ?? 0)
  }

  /// Without its query, and without a key that somebody may have put there.
  private func path(of request: HTTPRequest, _ finds: [Find]) -> String {
    var path = request.path ?? ""
    if let query = path.utf8.firstIndex(of: UInt8(ascii: "?")) { path = String(path[..<query]) }
    guard finds.contains(where: { $0.place == .path }) else { return path }
    return scanner.scanForKeys(path).isEmpty ? path : "[a key stood here]"
  }

  /// In which providers name a call in its response.
  private static let callName = HTTPField.Name("x-request-id")

  private static let credentialHeaders: [HTTPField.Name] =
    [.authorization] + [HTTPField.Name("api-key")].compactMap { $0 }
}

extension ObservedExchange {
  fileprivate var sentBody: [ByteBuffer] { requestBody.map { [$0] } ?? [] }
}
