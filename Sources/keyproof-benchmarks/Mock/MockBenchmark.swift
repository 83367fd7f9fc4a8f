import Foundation

/// The mock as a server against one bare route, over real sockets in one run.
///
/// Every server is a process of its own, so the system says what each one used. The rounds of the
/// servers take turns: what else the machine does hits all of them alike.
struct MockBenchmark {
  static let rounds = 3
  static let explanation = """
    32 connections that are kept open, one client thread on the same machine: the wall figures are
    of server and client together. CPU is the server's alone, as the system counts it for its
    process, user and system time. The mock is the whole command: it checks the key, books every
    call in SQLite and keeps its journal; its model waits for nothing. Rates are the median of
    three rounds that take turns; CPU is over all of them.
    """

  static let path = "/v1/chat/completions"
  private static let question = """
    {"model":"gpt-4o-mini","messages":[{"role":"system","content":"You are a helpful assistant."},\
    {"role":"user","content":"How many vacation days do I have left this year?"}]
    """
  static let plain = question + "}"
  private static let streamed =
    question + #","stream":true,"max_completion_tokens":20}"#

  /// A server that others have started, to stand beside these.
  struct Peer {
    var name: String
    var server: ServerProcess
  }

  let requests: Int
  let peers: [Peer]

  /// - Returns: the tables, ready to print.
  /// - Throws: what starting a server or asking it throws.
  func measure() async throws -> [(title: String, rows: [Table.Row])] {
    let key = "sk-benchmark"
    let token = "benchmark-control-token"
    let bare = try ServerProcess(
      Self.folderOfPrograms().appendingPathComponent("keyproof-benchmarks"),
      ["--serve-bare-route"]
    )
    let mock = try Self.startMock(key: key, token: token)
    defer {
      bare.stop()
      mock.stop()
    }
    // A token is a piece, so that a stream of 20 tokens has 20 of them.
    _ = try await LoadClient(mock, key: token).send(
      1,
      "PUT",
      "/_keyproof/behaviour",
      #"{"tokens_per_piece":1}"#
    )
    let whole = Series(bodies: Self.plain, path: Self.path, count: requests)
    var servers = [("bare Hummingbird route", bare), ("keyproof mock openai", mock)]
    servers += peers.map { ($0.name, $0.server) }
    let plain = try await whole.measure(servers.map { ($0.0, LoadClient($0.1, key: key), $0.1) })
    let streams = try await Series(
      bodies: Self.streamed,
      path: Self.path,
      count: max(LoadClient.connections, requests / 4)
    ).measure(servers.dropFirst().map { ($0.0, LoadClient($0.1, key: key), $0.1) })
    return [
      ("Plain chat completions", plain.flatMap { $0.rows(against: plain[0]) }),
      ("Streamed chat completions", streams.flatMap { $0.rows(against: nil) }),
    ]
  }

  /// The mock as anybody starts it, on a port that is free.
  static func startMock(key: String, token: String) throws -> ServerProcess {
    try ServerProcess(
      folderOfPrograms().appendingPathComponent("keyproof"),
      ["mock", "openai", "--port", "0", "--key", key, "--control-token", token]
    )
  }

  private static func folderOfPrograms() throws -> URL {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let program = folder.appendingPathComponent("keyproof").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw ServerProcess.Failure(description: "\(program) is not built: build the whole package")
    }
    return folder
  }
}

/// One kind of request, sent to several servers by turns.
private struct Series {
  let bodies: String
  let path: String
  let count: Int

  func measure(
    _ servers: [(name: String, client: LoadClient, process: ServerProcess)]
  ) async throws -> [ServerFigures] {
    var figures: [ServerFigures] = []
    for server in servers {
      // Memory is taken once everything was used.
      let warm = try await server.client.send(max(64, count / 20), "POST", path, bodies)
      figures.append(ServerFigures(server.name, server.process, sample: warm.sample))
    }
    for _ in 0..<MockBenchmark.rounds {
      for (index, server) in servers.enumerated() {
        let used = server.process.processorTime
        let load = try await server.client.send(count, "POST", path, bodies)
        figures[index].add(load.elapsed, count: count, usedBefore: used)
      }
    }
    return figures
  }
}

/// What was measured of one server.
private struct ServerFigures {
  let name: String
  private let process: ServerProcess
  private let pieces: Int
  private let memoryBefore: Double?
  private var rates: [Double] = []
  private var used: Duration?
  private var answered = 0

  init(_ name: String, _ process: ServerProcess, sample: String) {
    self.name = name
    self.process = process
    pieces = sample.split(separator: "data: ").count - 1
    memoryBefore = process.memory
    used = process.processorTime.map { _ in .zero }
  }

  mutating func add(_ elapsed: Duration, count: Int, usedBefore: Duration?) {
    rates.append(Double(count) / elapsed.seconds)
    answered += count
    if let before = usedBefore, let after = process.processorTime, let sum = used {
      used = sum + (after - before)
    }
  }

  var rate: Double { rates.sorted()[rates.count / 2] }

  func rows(against bare: ServerFigures?) -> [Table.Row] {
    var note = pieces > 0 ? "each of \(pieces) records" : ""
    if let bare, bare.name != name {
      note = "\((100 * rate / bare.rate).text()) % of the \(bare.name)"
    }
    var rows = [Table.Row(name: name + ", a second", value: rate.text(), note: note)]
    if let used {
      let each = used.seconds * 1_000 / Double(answered)
      rows.append(
        .init(name: "  CPU of the server, each", value: each.text(3) + " ms")
      )
    }
    if let memoryBefore, let memory = process.memory {
      rows.append(
        .init(
          name: "  memory after",
          value: (memory / 1_048_576).text(1) + " MiB",
          note: "\((memoryBefore / 1_048_576).text(1)) MiB before, "
            + "\(Double(answered).text()) requests ago"
        )
      )
    }
    return rows
  }
}
