import Testing
import Worlds

@testable import Orchestrator

@Suite struct WorkQueueTests {
  private func job(_ activity: String) -> WorkQueue.Job {
    let message = ReceivedMessage(
      platform: .teams,
      tenant: "acme",
      conversation: "c",
      activity: activity,
      person: "p",
      isGroup: false,
      address: "a",
      thread: nil,
      bot: nil,
      recipient: nil,
      question: "q",
      receivedAt: Timestamp(unixSeconds: 1_800_000_000)
    )
    return WorkQueue.Job(
      journaled: JournaledMessage(message: message, outcome: nil, partsSent: 0)
    )
  }

  /// A stop in good order does not wait for a customer's next key.
  @Test func `What waits for a key has its place, and gives its turn to the next`() {
    let queue = WorkQueue(capacity: 10, capacityPerTenant: 10, perTenant: 1)
    for activity in ["1", "2"] {
      #expect(queue.reserve("acme"))
      queue.submit(job(activity))
    }
    #expect(queue.jobsUnderWay == 2)
    #expect(queue.park("acme")?.journaled.message.activity == "2")
    #expect(queue.jobsUnderWay == 1)
    #expect(queue.outstandingJobs == 2)
    #expect(queue.finish("acme") == nil)
    #expect(queue.jobsUnderWay == 0)
    #expect(queue.outstandingJobs == 1)
    queue.submit(job("1"))
    #expect(queue.jobsUnderWay == 1)
    #expect(queue.finish("acme") == nil)
    #expect(queue.outstandingJobs == 0)
  }
}
