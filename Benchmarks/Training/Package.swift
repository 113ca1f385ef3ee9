// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "TrainingBench",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Hone", path: "../..")],
  targets: [
    .executableTarget(
      name: "TrainingBench",
      dependencies: [
        .product(name: "HoneLlama", package: "Hone"), .product(name: "HoneMLX", package: "Hone"),
        .product(name: "HoneTraining", package: "Hone"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
