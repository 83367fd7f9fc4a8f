import Foundation

/// The chunks of one knowledge base in memory, searched exactly, thirty-two numbers at a time.
struct VectorIndex: Sendable {
  struct Chunk: Hashable, Sendable {
    var id: Int64
    /// The document's name in its base.
    var document: String
    var title: String
    var heading: String
    var text: String
  }

  struct Match: Hashable, Sendable {
    var chunk: Chunk
    /// Cosine, -1 to 1.
    var similarity: Float
  }

  /// The base's version that this is a copy of.
  let version: Int64
  private let dimensions: Int
  private let lanesPerVector: Int
  private var chunks: [Chunk] = []
  /// All vectors at length 1, one after the other, each filled up with zeros to whole lanes.
  private var lanes: [SIMD8<Float>] = []

  init(version: Int64, dimensions: Int) {
    self.version = version
    self.dimensions = dimensions
    lanesPerVector = Self.lanes(for: dimensions)
  }

  /// In whole fours, so that four sums can run side by side.
  private static func lanes(for dimensions: Int) -> Int {
    (dimensions + 31) / 32 * 4
  }

  var isEmpty: Bool { chunks.isEmpty }

  /// Vectors of another length, made by another model, are left out: they cannot be compared.
  mutating func append(_ vector: [Float], of chunk: Chunk) {
    guard let packed = Self.packed(vector, dimensions: dimensions) else { return }
    chunks.append(chunk)
    lanes.append(contentsOf: packed)
  }

  /// The nearest first; of equals, the one that was added first.
  func nearest(_ count: Int, to query: [Float]) -> [Match] {
    guard count > 0, let packed = Self.packed(query, dimensions: dimensions) else { return [] }
    var best: [(position: Int, similarity: Float)] = []
    best.reserveCapacity(count + 1)
    lanes.withUnsafeBufferPointer { lanes in
      packed.withUnsafeBufferPointer { query in
        for position in chunks.indices {
          let start = position * lanesPerVector
          var sums = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
          var lane = 0
          while lane < lanesPerVector {
            sums.0 += lanes[start + lane] * query[lane]
            sums.1 += lanes[start + lane + 1] * query[lane + 1]
            sums.2 += lanes[start + lane + 2] * query[lane + 2]
            sums.3 += lanes[start + lane + 3] * query[lane + 3]
            lane += 4
          }
          let similarity = ((sums.0 + sums.1) + (sums.2 + sums.3)).sum()
          guard best.count < count || similarity > best[best.count - 1].similarity else {
            continue
          }
          let place = best.firstIndex { similarity > $0.similarity } ?? best.count
          best.insert((position, similarity), at: place)
          if best.count > count { best.removeLast() }
        }
      }
    }
    return best.map { Match(chunk: chunks[$0.position], similarity: $0.similarity) }
  }

  /// Nil for a vector of another length, or one without direction.
  private static func packed(_ vector: [Float], dimensions: Int) -> [SIMD8<Float>]? {
    guard vector.count == dimensions else { return nil }
    var lanes: [SIMD8<Float>] = []
    lanes.reserveCapacity(Self.lanes(for: dimensions))
    var squares = SIMD8<Float>()
    for start in stride(from: 0, to: dimensions, by: 8) {
      var lane = SIMD8<Float>()
      for offset in 0..<min(8, dimensions - start) { lane[offset] = vector[start + offset] }
      lanes.append(lane)
      squares += lane * lane
    }
    while lanes.count < Self.lanes(for: dimensions) { lanes.append(SIMD8<Float>()) }
    let length = squares.sum().squareRoot()
    guard length.isFinite, length > 0 else { return nil }
    for index in lanes.indices { lanes[index] /= length }
    return lanes
  }
}
