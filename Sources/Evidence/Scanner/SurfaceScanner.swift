package import Secrets
import Synchronization

/// Looks for every marker and key of a run in bytes, in the clear and encoded. Markers may be added
/// while a story plays.
package final class SurfaceScanner: Sendable {
  /// A marker or key that was found.
  package struct Hit: Sendable, Hashable {
    package var subject: Event.Sighting.Subject
    /// Of a canary.
    package var kind: Canary.Kind?
    /// `plain`, `base64`, `part in hex`, ...: what `Event.Sighting.encoding` holds.
    package var encoding: String

    /// Whether all of it was found: of keys, parts count too.
    package var isWhole: Bool { !encoding.hasPrefix(SurfaceScanner.part) }

    package init(subject: Event.Sighting.Subject, kind: Canary.Kind?, encoding: String) {
      self.subject = subject
      self.kind = kind
      self.encoding = encoding
    }
  }

  /// Shorter values would be found by chance.
  package static let shortestValue = 8

  private static let part = "part"
  private static let mostClean = 256

  private struct State {
    var markers: [Marker] = []
    var known: Set<[UInt8]> = []
    var plain = PatternTables(stride: 8)
    var everything = PatternTables(stride: 4)
    var keys = KeySearch()
    /// In the order in which `keys` numbers them.
    var fingerprints: [Fingerprint] = []
    /// Made of the two when somebody searches; let go before either is changed.
    var sharedKeys: Keys?
    /// Texts that come again and again, and hold none of the keys.
    var clean: Set<String> = []

    mutating func keysToSearch() -> Keys {
      if let sharedKeys { return sharedKeys }
      let shared = Keys(search: keys, fingerprints: fingerprints)
      sharedKeys = shared
      return shared
    }
  }

  /// What a search for keys needs, behind one reference: it is handed on for each stretch of bytes.
  private final class Keys: Sendable {
    let search: KeySearch
    let fingerprints: [Fingerprint]

    init(search: KeySearch, fingerprints: [Fingerprint]) {
      self.search = search
      self.fingerprints = fingerprints
    }
  }

  private struct Marker {
    var value: [UInt8]
    var subject: Event.Sighting.Subject
    var kind: Canary.Kind
  }

  private let state = Mutex(State())

  package init() {}

  /// - Returns: false when the value is shorter than eight bytes, or is known already: it is not
  ///   taken up.
  @discardableResult
  package func add(_ canary: Canary) -> Bool {
    let value = Array(canary.value.utf8)
    guard value.count >= Self.shortestValue else { return false }
    // Questions are asked again and again: forms are made of new values alone.
    guard state.withLock({ $0.known.insert(value).inserted }) else { return false }
    let patterns = Self.patterns(of: value)
    state.withLock { state in
      let index = state.markers.count
      state.markers.append(Marker(value: value, subject: .canary(canary.id), kind: canary.kind))
      state.plain.insert(value, marker: index, form: .plain)
      for (form, pattern) in patterns {
        state.everything.insert(pattern, marker: index, form: form)
      }
    }
    return true
  }

  /// Takes up a key; of keys, parts are looked for too. Returns as for a canary.
  @discardableResult
  package func add(_ key: Secret, fingerprint: Fingerprint) -> Bool {
    let value = key.reveal { Array($0.utf8) }
    guard value.count >= Self.shortestValue else { return false }
    return state.withLock { state in
      guard state.known.insert(value).inserted else { return false }
      state.sharedKeys = nil
      state.keys.insert(value)
      state.fingerprints.append(fingerprint)
      state.clean = []
      return true
    }
  }

  /// All markers and keys in all forms; each once a form, the markers before the keys, and both in
  /// the order of their first places.
  package func scan(_ bytes: UnsafeRawBufferPointer) -> [Hit] {
    let markers = state.withLock { Self.search(bytes, $0.everything, markers: $0.markers) }
    return markers + scanForKeys(bytes)
  }

  /// Markers alone, in all forms.
  package func scanForMarkers(_ bytes: UnsafeRawBufferPointer) -> [Hit] {
    state.withLock { Self.search(bytes, $0.everything, markers: $0.markers) }
  }

  /// Markers alone, in plain text: what prompts need, at half the cost.
  package func scanPlain(_ bytes: UnsafeRawBufferPointer) -> [Hit] {
    state.withLock { Self.search(bytes, $0.plain, markers: $0.markers) }
  }

  /// Keys alone, whole and in part, in all forms, packed ones included.
  package func scanForKeys(_ bytes: UnsafeRawBufferPointer) -> [Hit] {
    // Outside of the lock: others search beside this one.
    let keys = state.withLock { $0.keysToSearch() }
    return Self.hits(in: bytes, keys, depth: 0)
  }

  package func scanForKeys(_ text: String) -> [Hit] {
    var text = text
    return text.withUTF8 { scanForKeys(UnsafeRawBufferPointer($0)) }
  }

  /// As `scanForKeys`, for what is likely to come again, such as a token in a header: what was
  /// clean is not searched a second time.
  package func scanForKeys(repeated text: String) -> [Hit] {
    var text = text
    return state.withLock { state in
      if state.clean.contains(text) { return [] }
      let keys = state.keysToSearch()
      let hits = text.withUTF8 { Self.hits(in: UnsafeRawBufferPointer($0), keys, depth: 0) }
      guard hits.isEmpty else { return hits }
      if state.clean.count == Self.mostClean { state.clean = [] }
      state.clean.insert(text)
      return []
    }
  }

  package func scan(_ bytes: [UInt8]) -> [Hit] { bytes.withUnsafeBytes(scan) }

  package func scan(_ text: String) -> [Hit] {
    var text = text
    return text.withUTF8 { scan(UnsafeRawBufferPointer($0)) }
  }

  package func scanPlain(_ text: String) -> [Hit] {
    var text = text
    return text.withUTF8 { scanPlain(UnsafeRawBufferPointer($0)) }
  }

  private static func patterns(
    of value: [UInt8]
  ) -> [(form: EncodedForm, pattern: [UInt8])] {
    var patterns: [(form: EncodedForm, pattern: [UInt8])] = []
    for form in EncodedForm.allCases {
      let pattern = form.encode(value)
      guard pattern.count >= shortestValue, !patterns.contains(where: { $0.pattern == pattern })
      else { continue }
      patterns.append((form, pattern))
    }
    return patterns
  }

  /// Archives in archives are opened this often: more is a bomb, not a log.
  private static let deepest = 2
  /// So many escapes are undone, one inside the other.
  private static let layers = 3

  private static func hits(
    in bytes: UnsafeRawBufferPointer,
    _ keys: Keys,
    depth: Int
  ) -> [Hit] {
    if keys.fingerprints.isEmpty { return [] }
    var hits: [Hit] = []
    let finds = keys.search.search(bytes)
    if !finds.isEmpty { add(finds, as: nil, keys, to: &hits) }
    addUnescaped(bytes, layer: 1, keys, to: &hits)
    guard depth < deepest else { return hits }
    EncodedRun.forEach(in: bytes) { decoded, form in
      let inside = Self.hits(in: decoded, keys, depth: depth + 1)
      if !inside.isEmpty { add(inside, packedIn: form, to: &hits) }
    }
    var position = 0
    while let next = bytes.firstPlace(of: 0x1f, from: position) {
      position = next + 1
      guard let unpacked = GzipReader.unpack(bytes, at: next) else { continue }
      let inside = unpacked.withUnsafeBytes { Self.hits(in: $0, keys, depth: depth + 1) }
      for hit in inside {
        let packed = hit.packed(in: "gzip")
        if !hits.contains(packed) { hits.append(packed) }
      }
    }
    return hits
  }

  /// JSON is put into JSON, and addresses into addresses: what one layer hid is looked at again.
  private static func addUnescaped(
    _ bytes: UnsafeRawBufferPointer,
    layer: Int,
    _ keys: Keys,
    to hits: inout [Hit]
  ) {
    guard layer <= layers, let unescaped = Unescaped(bytes) else { return }
    unescaped.bytes.withUnsafeBytes { plain in
      let finds = keys.search.search(plain)
      if !finds.isEmpty { add(finds, as: unescaped.name, keys, to: &hits) }
      addUnescaped(plain, layer: layer + 1, keys, to: &hits)
    }
  }

  /// What was found in the clear already is no news in a form.
  private static func add(_ inside: [Hit], packedIn form: String, to hits: inout [Hit]) {
    for hit in inside
    where !hits.contains(where: { $0.subject == hit.subject && ($0.isWhole || !hit.isWhole) }) {
      hits.append(hit.packed(in: form))
    }
  }

  /// - Parameter undone: the escapes that were undone before; a key that was found without is no
  ///   news with it.
  private static func add(
    _ finds: [KeySearch.Find],
    as undone: String?,
    _ keys: Keys,
    to hits: inout [Hit]
  ) {
    var new: [Hit] = []
    for find in finds.sorted(by: { ($0.start, $0.key) < ($1.start, $1.key) }) {
      let subject = Event.Sighting.Subject.key(keys.fingerprints[Int(find.key)])
      if hits.contains(where: { $0.subject == subject && ($0.isWhole || !find.isWhole) }) {
        continue
      }
      // A whole key is no news in parts.
      if !find.isWhole, finds.contains(where: { $0.key == find.key && $0.isWhole }) { continue }
      let form = undone ?? find.form.name
      let encoding = find.isWhole ? form : form == "plain" ? part : "\(part) in \(form)"
      let hit = Hit(subject: subject, kind: nil, encoding: encoding)
      if hit.isWhole { hits.removeAll { $0.subject == subject && !$0.isWhole } }
      if !new.contains(hit) { new.append(hit) }
    }
    hits += new
  }

  private static func search(
    _ bytes: UnsafeRawBufferPointer,
    _ tables: PatternTables,
    markers: [Marker]
  ) -> [Hit] {
    var found: [(start: Int, marker: Int32, form: EncodedForm)] = []
    tables.search(bytes) { start, entry in
      guard !found.contains(where: { $0.marker == entry.marker && $0.form == entry.form }) else {
        return
      }
      let value = markers[Int(entry.marker)].value
      let pattern = entry.form == .plain ? value : entry.form.encode(value)
      guard start >= 0, start + pattern.count <= bytes.count else { return }
      if bytes[start..<start + pattern.count].elementsEqual(pattern) {
        found.append((start, entry.marker, entry.form))
      }
    }
    if found.isEmpty { return [] }
    found.sort { ($0.start, $0.marker, $0.form.rawValue) < ($1.start, $1.marker, $1.form.rawValue) }
    var hits: [Hit] = []
    for (_, index, form) in found {
      let marker = markers[Int(index)]
      let hit = Hit(subject: marker.subject, kind: marker.kind, encoding: form.name)
      if !hits.contains(hit) { hits.append(hit) }
    }
    return hits
  }
}

extension SurfaceScanner.Hit {
  /// The same in something that was unpacked to find it.
  fileprivate func packed(in form: String) -> Self {
    Self(subject: subject, kind: nil, encoding: encoding == "plain" ? form : "\(encoding), \(form)")
  }
}
