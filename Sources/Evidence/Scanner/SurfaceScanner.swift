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
    /// `plain`, `base64`, ...: what `Event.Sighting.encoding` holds.
    package var encoding: String

    package init(subject: Event.Sighting.Subject, kind: Canary.Kind?, encoding: String) {
      self.subject = subject
      self.kind = kind
      self.encoding = encoding
    }
  }

  /// Shorter values would be found by chance.
  package static let shortestValue = 8

  private struct State {
    var markers: [Marker] = []
    var known: Set<[UInt8]> = []
    var plain = PatternTables(stride: 8)
    var everything = PatternTables(stride: 4)
    /// Keys alone, in all forms: they are few, and looked for in everything that the vendor sends
    /// and stores.
    var keys = PatternTables(stride: 12)
  }

  private struct Marker {
    var value: [UInt8]
    var subject: Event.Sighting.Subject
    var kind: Canary.Kind?
  }

  private let state = Mutex(State())

  package init() {}

  /// - Returns: false when the value is shorter than eight bytes, or is known already: it is not
  ///   taken up.
  @discardableResult
  package func add(_ canary: Canary) -> Bool {
    add(Array(canary.value.utf8), .canary(canary.id), kind: canary.kind)
  }

  /// Takes up a key; of keys, halves are looked for too.
  @discardableResult
  package func add(_ key: Secret, fingerprint: Fingerprint) -> Bool {
    add(key.reveal { Array($0.utf8) }, .key(fingerprint), kind: nil)
  }

  /// All markers in all forms; each once a form, in the order of their first places.
  package func scan(_ bytes: UnsafeRawBufferPointer) -> [Hit] {
    state.withLock { Self.search(bytes, $0.everything, markers: $0.markers) }
  }

  /// The same for plain text alone: what prompts need, at half the cost.
  package func scanPlain(_ bytes: UnsafeRawBufferPointer) -> [Hit] {
    state.withLock { Self.search(bytes, $0.plain, markers: $0.markers) }
  }

  /// Keys alone, in all forms: the cheapest of the three.
  package func scanForKeys(_ bytes: UnsafeRawBufferPointer) -> [Hit] {
    state.withLock { Self.search(bytes, $0.keys, markers: $0.markers) }
  }

  package func scanForKeys(_ text: String) -> [Hit] {
    var text = text
    return text.withUTF8 { scanForKeys(UnsafeRawBufferPointer($0)) }
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

  private func add(
    _ value: [UInt8],
    _ subject: Event.Sighting.Subject,
    kind: Canary.Kind?
  ) -> Bool {
    guard value.count >= Self.shortestValue else { return false }
    let patterns = Self.patterns(of: value, isKey: kind == nil)
    return state.withLock { state in
      guard state.known.insert(value).inserted else { return false }
      let index = state.markers.count
      state.markers.append(Marker(value: value, subject: subject, kind: kind))
      state.plain.insert(value, marker: index, form: .plain)
      for (form, pattern) in patterns {
        state.everything.insert(pattern, marker: index, form: form)
        if kind == nil { state.keys.insert(pattern, marker: index, form: form) }
      }
      return true
    }
  }

  private static func patterns(
    of value: [UInt8],
    isKey: Bool
  ) -> [(form: EncodedForm, pattern: [UInt8])] {
    var patterns: [(form: EncodedForm, pattern: [UInt8])] = []
    for form in EncodedForm.allCases where isKey || !form.isHalf {
      let pattern = form.encode(value)
      guard pattern.count >= shortestValue, !patterns.contains(where: { $0.pattern == pattern })
      else { continue }
      patterns.append((form, pattern))
    }
    return patterns
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
      // A whole key in the clear is no news in halves.
      if form.isHalf, found.contains(where: { $0.marker == index && !$0.form.isHalf }) { continue }
      let marker = markers[Int(index)]
      let hit = Hit(subject: marker.subject, kind: marker.kind, encoding: form.name)
      if !hits.contains(hit) { hits.append(hit) }
    }
    return hits
  }
}
