// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "ClientBench",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "Hone", path: "../.."),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
  ],
  targets: [
    .executableTarget(
      name: "ClientBench",
      dependencies: [
        .product(name: "Hone", package: "Hone"), .product(name: "HoneModels", package: "Hone"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6)]),
    .executableTarget(
      name: "ClientServer",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
