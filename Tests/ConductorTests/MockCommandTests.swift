import Foundation
import Guarantees
import Synchronization
import Testing

/// `keyproof mock openai` as a process, over a real socket.
@Suite(.serialized, .timeLimit(.minutes(2))) struct MockCommandTests {
  @Test func aMockServesUntilItIsStopped() async throws {
    try await Bench.withDirectory { directory in
      let answers = Answers()
      let outcome = try await mock(
        ["--key", "my-own-key", "--control-token", "my-own-token"],
        in: directory
      ) { port in
        answers.add(Self.get("/_keyproof/health", port: port, token: nil))
        answers.add(Self.get("/v1/models", port: port, token: "my-own-key"))
        answers.add(Self.get("/v1/models", port: port, token: "another-key"))
        answers.add(Self.get("/_keyproof/ledger", port: port, token: "my-own-token"))
      }
      #expect(outcome.status == 0)
      #expect(outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.output.contains("API key:       my-own-key\n"))
      #expect(!outcome.output.contains("my-own-token"))
      #expect(answers.all.count == 4)
      for (answer, status) in zip(answers.all, [200, 200, 401, 200]) {
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
      }
      #expect(answers.all.last?.contains(#""endpoint":"/v1/models""#) == true)
      let left = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      #expect(left.allSatisfy { $0.hasPrefix(Command.filePrefix) }, "\(left)")
    }
  }

  @Test func aLedgerOutlivesItsMock() async throws {
    try await Bench.withDirectory { directory in
      let ledger = directory.appending(path: "ledger.sqlite").path
      let arguments = ["--ledger", ledger, "--key", "k", "--control-token", "t"]
      let first = try await mock(arguments, in: directory) { port in
        _ = Self.get("/v1/models", port: port, token: "k")
      }
      #expect(first.status == 0)
      let answers = Answers()
      _ = try await mock(arguments, in: directory) { port in
        _ = Self.get("/v1/models", port: port, token: "k")
        answers.add(Self.get("/_keyproof/ledger", port: port, token: "t"))
      }
      let answer = try #require(answers.all.first)
      #expect(answer.contains(#""sequence":1,"order":1,"#))
      #expect(answer.contains(#""sequence":2,"order":2,"#))
    }
  }

  @Test(arguments: [
    ("colour: red\n", ":1:1: error: unknown name 'colour'"),
    ("seed: 1\nrevocation:\n  delay: soon\n", ":3:10: error: 'soon' is no duration"),
    ("organizations:\n  - projects: []\n", ":2:5: error: 'name' is missing"),
    ("seed: [\n", "error: "),
    ("journal: {capacity: 0}\n", "error: 0 is not from 1 to 1000000"),
  ])
  func aMistakeInTheFileIsShownAtItsPlace(text: String, words: String) async throws {
    try await Bench.withDirectory { directory in
      let file = directory.appending(path: "mock.yaml")
      try Data(text.utf8).write(to: file)
      let outcome = try await Command(
        arguments: ["mock", "openai", "--port", "0", "--config", file.path],
        directory: directory
      ).run()
      #expect(outcome.status == ExitStatus.badScenario.rawValue)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func aConfigurationIsFollowed() async throws {
    try await Bench.withDirectory { directory in
      let text = """
        control_token: t
        organizations:
          - name: Acme
            projects:
              - name: Assistant
                keys:
                  - {name: good, value: good-key}
                  - {name: narrow, value: narrow-key, endpoints: [/v1/embeddings]}
                  - {name: off, value: off-key, disabled: true}
        """
      let file = directory.appending(path: "mock.yaml")
      try Data(text.utf8).write(to: file)
      let answers = Answers()
      let outcome = try await mock(["--config", file.path], in: directory) { port in
        for key in ["good-key", "narrow-key", "off-key"] {
          answers.add(Self.get("/v1/models", port: port, token: key))
        }
      }
      #expect(outcome.status == 0)
      for (answer, status) in zip(answers.all, [200, 403, 401]) {
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
      }
    }
  }

  @Test func aPortInUseIsSaidPlainly() async throws {
    try await Bench.withDirectory { directory in
      let taken = try #require(LocalSocket())
      #expect(taken.listen())
      let outcome = try await Command(
        arguments: ["mock", "openai", "--port", String(taken.port)],
        directory: directory
      ).run()
      #expect(outcome.status == ExitStatus.internalError.rawValue)
      #expect(outcome.errors.contains("127.0.0.1:\(taken.port): the port is in use"))
      #expect(outcome.output.isEmpty)
    }
  }

  @Test(arguments: [["--port", "65536"], ["--port", "x"], ["--key", "a b"], ["--key", ""]])
  func aWrongOptionIsAUsageError(arguments: [String]) async throws {
    try await Bench.withDirectory { directory in
      let outcome = try await Command(
        arguments: ["mock", "openai"] + arguments,
        directory: directory
      ).run()
      #expect(outcome.status == ExitStatus.usage.rawValue)
    }
  }

  @Test func aMistakeIsToldWithWhatMayHaveBeenMeant() async throws {
    for (provider, text, words) in [
      ("openai", "organisations: []\n", "did you mean 'organizations'?"),
      ("openai", "revocation: {delay: 1s, window: 2s}\n", ":1:13: error: this wants 'delay' or"),
      ("openai", "access:\n  missing_scope_status: 402\n", ":2:25: error: 402 is not 401 or 403"),
      (
        "openai", "books:\n  prices:\n    - {model: m, input: '10001'}\n",
        ":3:7: error: a price is in dollars"
      ),
      (
        "openai", "behaviour:\n  script:\n    - {match: {text: '{a}{b}'}, text: x}\n",
        "error: two gaps need a text between them"
      ),
      ("azure", "resources:\n  - {name: a, region: x, key3: k}\n", ":2:26: error: unknown name"),
      ("azure", "resources:\n  - deployments: []\n", ":2:5: error: 'name' is missing here"),
      (
        "azure",
        "resources:\n  - name: a\n    deployments:\n      - {name: d, model: gpt-4o-mni}\n",
        "did you mean 'gpt-4o-mini'?"
      ),
      ("azure", "resources: [{name: a/b}]\n", "error: a name has 1 to 64"),
      ("azure", "resources: [{name: a}, {name: A}]\n", "error: there are two resources 'A'"),
      ("azure", "identities: [{tenant: t, client_id: c}]\n", "'client_secret' is missing here"),
      ("azure", "seed: [\n", ":2:1: error: "),
    ] {
      try await Bench.withDirectory { directory in
        let file = directory.appending(path: "mock.yaml")
        try Data(text.utf8).write(to: file)
        let outcome = try await Command(
          arguments: ["mock", provider, "--port", "0", "--config", file.path],
          directory: directory
        ).run()
        #expect(outcome.status == ExitStatus.badScenario.rawValue)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
      }
    }
  }

  @Test func aConfigurationOfAzureIsFollowed() async throws {
    try await Bench.withDirectory { directory in
      let text = """
        control_token: t
        resources:
          - name: acme
            key1: acme-key-one
            key2: acme-key-two
            deployments:
              - {name: chat, model: gpt-4o, requests_per_minute: 2}
          - {name: closed, keys_disabled: true, key1: closed-key, deployments: []}
        behaviour:
          faults: [{match: {path: "/openai/v1/models"}, effect: {kind: status, status: 503}}]
        """
      let file = directory.appending(path: "azure.yaml")
      try Data(text.utf8).write(to: file)
      let ledger = directory.appending(path: "ledger.sqlite").path
      let answers = Answers()
      let arguments = ["--config", file.path, "--ledger", ledger]
      let outcome = try await mock(arguments, in: directory, provider: "azure") { port in
        for (path, key) in [
          ("/openai/models?api-version=2024-10-21", "acme-key-one"),
          ("/openai/models?api-version=2024-10-21", "none"),
          ("/openai/v1/models", "acme-key-two"), ("/_keyproof/resources", "t"),
          ("/_keyproof/ledger", "t"),
        ] {
          let header = path.hasPrefix("/_") ? "Authorization: Bearer " : "api-key: "
          answers.add(Self.get(path, port: port, header: header + key))
        }
      }
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("Key 2:         acme-key-two"))
      for (answer, status) in zip(answers.all, [200, 401, 503, 200, 200]) {
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
      }
      #expect(answers.all[3].contains(#""requests_per_minute":2,"#))
      #expect(answers.all[4].contains(#""key_id":"acme/key1/1""#))
      #expect(FileManager.default.fileExists(atPath: ledger))
    }
  }

  /// Starts a mock on a free port, and interrupts it when `use` has been called with the port.
  private func mock(
    _ arguments: [String],
    in directory: URL,
    provider: String = "openai",
    _ use: @escaping (Int) -> Void
  ) async throws -> Command.Outcome {
    try await Command(
      arguments: ["mock", provider, "--port", "0"] + arguments,
      directory: directory
    )
    .run { output in
      guard output.contains("Try it:"),
        let port = output.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap({ Int($0.1) })
      else { return false }
      use(port)
      return true
    }
  }

  /// The whole answer to a GET, head included; empty when there was none.
  private static func get(_ path: String, port: Int, token: String?) -> String {
    get(path, port: port, header: token.map { "Authorization: Bearer \($0)" })
  }

  private static func get(_ path: String, port: Int, header: String?) -> String {
    let line = header.map { $0 + "\r\n" } ?? ""
    return LocalSocket()?.exchange(
      "GET \(path) HTTP/1.1\r\nHost: mock\r\n\(line)Connection: close\r\n\r\n",
      port: port
    ) ?? ""
  }
}

/// What a closure saw.
private final class Answers: Sendable {
  private let kept = Mutex<[String]>([])

  var all: [String] { kept.withLock { $0 } }

  func add(_ answer: String) {
    kept.withLock { $0.append(answer) }
  }
}
