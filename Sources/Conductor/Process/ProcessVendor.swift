import Evidence
import Foundation
import HTTPTypes
import Hummingbird
import Orchestrator
import Rogues
import Synchronization
import Worlds

/// The reference orchestrator as a process of its own: told by its configuration file where
/// everything is, reached over its socket, and looked at from outside alone.
final class ProcessVendor: Sendable {
  private struct State {
    var process: VendorProcess?
    /// Nil until the process says that it is ready.
    var front: MachineTransport?
    var isEnding = false
    var lives = 0
    var outputs: [URL] = []
  }

  private let program: URL
  private let directory: URL
  private let search: ProcessSearch
  private let clock: any WorldClock
  private let state = Mutex(State())

  private static let startLimit = Duration.seconds(30)
  /// Longer than the process gives to what is under way.
  private static let stopLimit = Duration.seconds(40)
  private static let glance = Duration.milliseconds(5)

  /// - Parameter directory: the process's own, for its configuration and what it writes.
  init(program: URL, directory: URL, search: ProcessSearch, clock: any WorldClock) throws {
    self.program = program
    self.directory = directory
    self.search = search
    self.clock = clock
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  var vendor: Vendor {
    Vendor(
      name: Facts.processVendor,
      kind: .honest,
      summary: "The reference orchestrator, in a process of its own."
    ) { setup in self.program(setup) }
  }

  private func program(_ setup: VendorSetup) -> Program {
    let (incoming, outgoing) = (Forwarder(), Forwarder())
    return Program(
      hosts: [
        Cast.vendorHost: { request, _ in
          let front = try await self.readyFront()
          return try await incoming.forward(request, to: Cast.vendorHost, through: front)
        }
      ],
      background: {
        try await withThrowingTaskGroup(of: Void.self) { group in
          let port = AsyncStream<Int>.makeStream()
          let gateway = EgressGateway(
            forwarder: outgoing,
            transport: setup.surroundings.transport
          )
          group.addTask { await incoming.run() }
          group.addTask { await outgoing.run() }
          group.addTask { try await gateway.run { port.continuation.yield($0) } }
          group.addTask {
            for await port in port.stream { try await self.live(setup, gatewayPort: port) }
          }
          defer { group.cancelAll() }
          try await group.next()
        }
      }
    )
  }

  /// From the start of a process to its end, or until it is cancelled, which kills it.
  private func live(_ setup: VendorSetup, gatewayPort: Int) async throws {
    while state.withLock({ $0.process })?.isRunning == true {
      try await clock.sleep(for: Self.glance)
    }
    let portFile = directory.appendingPathComponent("port")
    try? FileManager.default.removeItem(at: portFile)
    let storage = setup.surroundings.storage
    var orchestrator = setup.configuration
    // A process takes paths from where its configuration stands.
    orchestrator.masterKeyFile =
      storage.appendingPathComponent(orchestrator.masterKeyFile).standardizedFileURL.path
    let configuration = try ProcessConfiguration.write(
      server: .init(
        portFile: portFile.path,
        storage: storage.path,
        egressGateway: "http://127.0.0.1:\(gatewayPort)"
      ),
      orchestrator: orchestrator,
      secrets: setup.secrets,
      in: directory
    )
    let process = try start(configuration)
    defer {
      process.kill()
      state.withLock { $0.front = nil }
    }
    let front = try await front(of: process, portFile: portFile)
    state.withLock { $0.front = front }
    while process.isRunning { try await clock.sleep(for: .milliseconds(20)) }
    guard state.withLock({ $0.isEnding }) else { throw unreachable("it ended by itself", process) }
    // Whoever asked for the end also cancels.
    try await clock.sleep(for: .seconds(3_600))
  }

  private func start(_ configuration: URL) throws -> VendorProcess {
    let life = state.withLock { state in
      state.lives += 1
      state.isEnding = false
      return state.lives
    }
    let process = try VendorProcess(
      program: program,
      arguments: ["serve", "orchestrator", "--config", configuration.path],
      environment: ["PATH": "/usr/bin:/bin", "TMPDIR": directory.path],
      directory: directory,
      life: life
    )
    state.withLock { state in
      state.process = process
      state.outputs += [process.output, process.errors]
    }
    return process
  }

  /// The way to the process, once it is ready.
  private func front(of process: VendorProcess, portFile: URL) async throws -> MachineTransport {
    let end = clock.now + Self.startLimit
    var front: MachineTransport?
    while clock.now < end, process.isRunning {
      if front == nil, let data = FileManager.default.contents(atPath: portFile.path),
        let port = Int(String(decoding: data, as: UTF8.self).dropLast()),
        let gateway = MachineTransport.Gateway("http://127.0.0.1:\(port)")
      {
        front = MachineTransport(gateway: gateway)
      }
      if let front, await isReady(front) { return front }
      try await clock.sleep(for: Self.glance)
    }
    throw unreachable(
      process.isRunning ? "it was not ready after \(Self.startLimit)" : "it ended at its start",
      process
    )
  }

  private func isReady(_ front: MachineTransport) async -> Bool {
    let request = OutgoingRequest(
      head: HTTPRequest(method: .get, scheme: "http", authority: Cast.vendorHost, path: "/ready")
    )
    let answer = try? await front.collect(request)
    return answer?.head.status == .ok
  }

  private func readyFront() async throws -> MachineTransport {
    let end = clock.now + Self.startLimit
    while clock.now < end {
      if let front = state.withLock({ $0.front }) { return front }
      try await clock.sleep(for: Self.glance)
    }
    throw TransportError.connectionRefused(Cast.vendorHost)
  }

  private func unreachable(_ what: String, _ process: VendorProcess) -> ConductorError {
    .vendorUnreachable("\(what); its last words:\n\(search.lastWords(of: process))")
  }
}

extension ProcessVendor {
  /// As `kill -9` does it; what the system shows of the process is searched a moment before.
  func kill() {
    guard let process = beginEnding() else { return }
    process.kill()
  }

  /// Asks the process to end, and waits until it has.
  func stop() async {
    guard let process = beginEnding() else { return }
    process.terminate()
    let end = clock.now + Self.stopLimit
    while process.isRunning, clock.now < end {
      do { try await clock.sleep(for: Self.glance) } catch { break }
    }
    process.kill()
  }

  /// What whoever may log in to the machine sees of the process; nil where it cannot be read.
  func shownToEngineers() -> [(Event.Inspection.Tool, String, Data?)] {
    let process = state.withLock { $0.process }
    return [
      (.environment, "environ", process?.shown("environ")),
      (.arguments, "cmdline", process?.shown("cmdline")),
    ]
  }

  /// Everything that the process has written outside of its storage so far.
  func searchOutputs() {
    search.searchOutputs(state.withLock { $0.outputs })
  }

  /// Its configuration, and whatever else it left beside it.
  var ownDirectory: URL { directory }

  private func beginEnding() -> VendorProcess? {
    let process = state.withLock { state in
      state.isEnding = true
      return state.process
    }
    if let process { search.searchProcess(process) }
    return process
  }
}
