import Worlds

/// A crash of the vendor at one operation of a story, counted from the moment that everything was
/// set up; or only the counting.
package struct CrashPlan: Sendable {
  /// From 1; nil for no crash.
  package var operation: Int?
  package var downFor: Duration
  let counter = OperationCounter(of: VendorLife.instanceName)

  package init(operation: Int?, downFor: Duration = .seconds(2)) {
    self.operation = operation
    self.downFor = downFor
  }

  /// What the vendor has done to the wire and to its disk since the story began.
  package var counted: Int { counter.count }
}
