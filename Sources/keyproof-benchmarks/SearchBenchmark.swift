import Foundation
import Orchestrator
import Worlds

/// Exact search among the chunks of one knowledge base, as a message does it: through the store,
/// which looks at each search whether its copy in memory is of the stored version.
struct SearchBenchmark {
  /// What the product is sold with, and what the model gives where nobody asks for fewer.
  static let dimensions = [256, 1_536]
  static let wanted = 4
  static let explanation = """
    The product's vectors have 256 dimensions. Tests/Peers/search does the same search in numpy,
    on the same vectors, and compares what was found.
    """

  let rows: [Table.Row]
  private let dimensions: Int
  private let vectors: [[Float]]
  private let queries: [[Float]]
  /// Positions of the vectors nearest to each query, the nearest first.
  private let nearest: [[Int]]
  /// Milliseconds of each search, rising.
  private let times: [Double]

  /// - Throws: what the file system and SQLite throw.
  init(chunks: Int, dimensions: Int, randomness: Randomness, directory: URL) throws {
    var generator = randomness.generator("search/\(dimensions)")
    func vector() -> [Float] { (0..<dimensions).map { _ in Float(generator.unit()) - 0.5 } }
    self.dimensions = dimensions
    vectors = (0..<chunks).map { _ in vector() }
    queries = (0..<200).map { _ in vector() }
    var provider = OrchestratorConfiguration.Provider()
    provider.embeddingDimensions = dimensions
    let storage = try Storage(directory: directory.appendingPathComponent("search-\(dimensions)"))
    let knowledge = KnowledgeStore(storage: storage, provider: provider)
    try Self.fill(knowledge, with: vectors)
    _ = try Self.search(knowledge, queries[0])
    var times: [Double] = []
    nearest = try queries.map { query in
      let begin = ContinuousClock.now
      let found = try Self.search(knowledge, query)
      times.append((ContinuousClock.now - begin).seconds * 1e3)
      return found
    }
    times.sort()
    self.times = times
    let median = times[times.count / 2]
    rows = [
      .init(
        name: "median of \(times.count) searches",
        value: "\(median.text(2)) ms",
        note: "\(chunks) chunks, the nearest \(Self.wanted)"
      ),
      .init(name: "99th percentile", value: "\(times[times.count * 99 / 100].text(2)) ms"),
    ]
  }

  /// Documents of a hundred chunks each.
  private static func fill(_ knowledge: KnowledgeStore, with vectors: [[Float]]) throws {
    for start in stride(from: 0, to: vectors.count, by: 100) {
      let end = min(start + 100, vectors.count)
      let document = try knowledge.put(
        "text",
        named: "\(start)",
        in: "base",
        of: "tenant",
        at: Timestamp(nanoseconds: 0)
      )
      let chunks = (start..<end).map { position in
        (chunk: Chunker.Chunk(heading: "", text: "\(position)"), vector: vectors[position])
      }
      try knowledge.index(document, of: "tenant", chunks: chunks, from: nil)
    }
  }

  private static func search(_ knowledge: KnowledgeStore, _ query: [Float]) throws -> [Int] {
    try knowledge.nearest(wanted, to: query, in: ["base"], of: "tenant")
      .compactMap { Int($0.text) }
  }

  /// Writes `DIMENSIONS/vectors.f32`, `queries.f32` (little-endian, one after the other) and
  /// `nearest.txt` (a line for each query), and how long each search took, in `milliseconds.txt`.
  func save(below folder: URL) throws {
    let place = folder.appendingPathComponent("\(dimensions)", isDirectory: true)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for (name, list) in [("vectors.f32", vectors), ("queries.f32", queries)] {
      var bytes = Data(capacity: list.count * dimensions * 4)
      for number in list.joined() {
        withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
      try bytes.write(to: place.appendingPathComponent(name))
    }
    let lines = nearest.map { $0.map(String.init).joined(separator: " ") }
    try Data(lines.joined(separator: "\n").utf8)
      .write(to: place.appendingPathComponent("nearest.txt"))
    try Data(times.map { "\($0)" }.joined(separator: "\n").utf8)
      .write(to: place.appendingPathComponent("milliseconds.txt"))
  }
}
