import Evidence
import Synchronization

/// Records where keys came to light, each place once, and how much was searched for them.
final class Sightings: Sendable {
  private struct State {
    var seen: Set<String> = []
    var searched: [Event.Surface: (items: Int, bytes: Int)] = [:]
    var recorder: Recorder?
  }

  private let state = Mutex(State())

  func connect(_ recorder: Recorder) {
    state.withLock { $0.recorder = recorder }
  }

  func record(_ hit: SurfaceScanner.Hit, surface: Event.Surface, place: String) {
    let name = "\(hit.subject) \(surface) \(place) \(hit.encoding)"
    let recorder = state.withLock { state in
      state.seen.insert(name).inserted ? state.recorder : nil
    }
    recorder?.record(
      .sighting(
        .init(subject: hit.subject, surface: surface, place: place, encoding: hit.encoding)
      )
    )
  }

  func searched(_ surface: Event.Surface, items: Int = 1, bytes: Int) {
    state.withLock { state in
      let before = state.searched[surface] ?? (0, 0)
      state.searched[surface] = (before.items + items, before.bytes + bytes)
    }
  }

  /// The proof that somebody looked: one event for each surface, found clean or not.
  func report() {
    let (recorder, searched) = state.withLock { ($0.recorder, $0.searched) }
    for surface in Event.Surface.allCases {
      guard let (items, bytes) = searched[surface] else { continue }
      recorder?.record(.searched(.init(surface: surface, items: items, bytes: bytes)))
    }
  }
}
