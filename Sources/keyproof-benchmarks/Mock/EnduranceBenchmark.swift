import Foundation

/// What a million requests do to the mock: its memory while they come, and how fast it is with them
/// in its ledger, beside mocks that are new, in the same run.
struct EnduranceBenchmark {
  static let manyKeys = 10_000
  static let fewKeys = 10
  private static let rounds = 5
  private static let explanation = """
    The same load as above. Every request is another key's, by turns. Memory is what is resident of
    the server's process. The rounds of the three servers take turns, and the ledgers of the two
    that are to be empty are emptied before each of theirs; rates are the median.
    """

  private static let token = "benchmark-control-token"
  let requests: Int
  let requestsOfRound: Int

  /// Measures, and prints as it goes: it takes minutes.
  ///
  /// - Throws: what starting a server or asking it throws.
  func run() async throws {
    let full = try await Contender(keys: Self.manyKeys)
    let empty = try await Contender(keys: Self.fewKeys)
    let emptyWithKeys = try await Contender(keys: Self.manyKeys)
    defer { for contender in [full, empty, emptyWithKeys] { contender.server.stop() } }

    for contender in [full, empty, emptyWithKeys] { _ = try await contender.ask(requestsOfRound) }
    let before = full.server.memory ?? 0
    var memory: [Table.Row] = []
    for part in 1...10 {
      let load = try await full.ask(requests / 10)
      let now = full.server.memory ?? 0
      memory.append(
        Table.Row(
          name: "after \(Double(requests / 10 * part).text()) requests",
          value: (now / 1_048_576).text(1) + " MiB",
          note: "\((Double(requests / 10) / load.elapsed.seconds).text()) a second, "
            + "\(((now - before) / 1_048_576).text(1)) MiB more than before the first"
        )
      )
    }
    Table("Memory over \(Double(requests).text()) requests of 10,000 keys").print(memory)
    try await printBooks(of: full)
    try await printRates(full: full, empty: empty, emptyWithKeys: emptyWithKeys)
    print(Self.explanation)
  }

  private func printBooks(of full: Contender) async throws {
    let totals = try await full.control("GET", "/totals", "")
    let page = try await full.control("GET", "/ledger?after=\(requests * 9 / 10)&limit=100", "")
    Table("Its books").print([
      Table.Row(
        name: "calls in the ledger",
        value: (totals.sample.integer(after: "\"calls\":") ?? 0).text(),
        note: "of \(Double(requests + requestsOfRound).text()) that were answered"
      ),
      Table.Row(name: "sum of all of them", value: totals.elapsed.milliseconds),
      Table.Row(name: "a page of 100 rows near the end", value: page.elapsed.milliseconds),
    ])
  }

  private func printRates(
    full: Contender,
    empty: Contender,
    emptyWithKeys: Contender
  ) async throws {
    let contenders = [
      ("no rows, 10 keys", empty), ("no rows, 10,000 keys", emptyWithKeys),
      ("\(Double(requests).text()) rows, 10,000 keys", full),
    ]
    var rates = [[Double]](repeating: [], count: contenders.count)
    for _ in 0..<Self.rounds {
      for (index, (_, contender)) in contenders.enumerated() {
        if index < 2 { _ = try await contender.control("POST", "/reset", "{}") }
        let load = try await contender.ask(requestsOfRound)
        rates[index].append(Double(requestsOfRound) / load.elapsed.seconds)
      }
    }
    let medians = rates.map { $0.sorted()[Self.rounds / 2] }
    Table("Plain chat completions a second").print(
      zip(contenders, medians).map { contender, rate in
        Table.Row(
          name: contender.0,
          value: rate.text(),
          note: contender.0 == contenders[0].0
            ? "" : "\((100 * rate / medians[0]).text()) % of the first"
        )
      }
    )
  }

  /// A mock with so many keys, and a client that uses them all.
  private struct Contender {
    let server: ServerProcess
    private let client: LoadClient
    private let requests: [LoadRequest]

    init(keys: Int) async throws {
      let server = try MockBenchmark.startMock(key: "sk-benchmark", token: token)
      self.server = server
      client = LoadClient(server, key: token)
      let names = (0..<keys).map { "sk-benchmark-key-\($0)" }
      _ = try await client.send(
        keys,
        names.map {
          LoadRequest(
            method: "POST",
            path: "/_keyproof/keys",
            key: token,
            body: #"{"value":"\#($0)"}"#
          )
        }
      )
      requests = names.map {
        LoadRequest(
          method: "POST",
          path: MockBenchmark.path,
          key: $0,
          body: MockBenchmark.plain
        )
      }
    }

    func ask(_ count: Int) async throws -> LoadClient.Load {
      try await client.send(count, requests)
    }

    func control(_ method: String, _ path: String, _ body: String) async throws -> LoadClient.Load {
      try await client.send(1, method, "/_keyproof" + path, body)
    }
  }
}

extension String {
  fileprivate func integer(after words: String) -> Double? {
    firstRange(of: words).flatMap { Double(self[$0.upperBound...].prefix { $0.isNumber }) }
  }
}

extension Duration {
  fileprivate var milliseconds: String { (seconds * 1_000).text(1) + " ms" }
}
