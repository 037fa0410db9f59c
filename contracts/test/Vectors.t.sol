// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {Draw} from "../src/libraries/Draw.sol";
import {Payouts} from "../src/libraries/Payouts.sol";
import {Terms} from "../src/libraries/Terms.sol";
import {DealTerms, JobOffer, Outcome, Path} from "../src/types/Terms.sol";
import {Test} from "./utils/Test.sol";

/// @notice The vectors in testdata, which Go reads too, hold for the contracts' libraries.
contract VectorsTest is Test {
    string private json;
    string private here; // the case being looked at

    function test_terms_hashAsTheVectorsSay() external {
        json = vm.readFile("testdata/terms.json");
        uint256 i;
        for (; _select(i); ++i) {
            bytes32 job = this.jobHash(_offer());
            _assertSigned("JobOffer", job);
            bytes32 deal = this.dealHash(job, _deal());
            _assertSigned("Deal", deal);
            bytes32 result = _bytes32(".resultHash");
            _assertSigned("Result", Terms.resultStructHash(deal, result));
            _assertSigned("Receipt", Terms.receiptStructHash(deal, result, _bytes32(".receipt.creatorSeed")));
            Outcome outcome = Outcome(_uint(".verdict.outcome"));
            bytes32 transcript = _bytes32(".verdict.transcriptHash");
            _assertSigned("Verdict", Terms.verdictStructHash(deal, result, outcome, transcript));
            _assertDraw(deal);
        }
        vm.assertTrue(i >= 4, "vectors are missing");
    }

    function test_payouts_areAsTheVectorsSay() external {
        json = vm.readFile("testdata/payouts.json");
        uint256 i;
        for (; _select(i); ++i) {
            uint256 fees = _uint(".votes") * (_uint(".mediationFee") / _uint(".drawn"));
            Payouts.Split memory s = Payouts.split(
                Path(_uint(".path")),
                Payouts.Amounts({
                    price: _uint(".price"),
                    creatorStake: _uint(".creatorStake"),
                    providerStake: _uint(".providerStake"),
                    latePenalty: _uint(".latePenalty"),
                    solverFee: _uint(".solverFee"),
                    fees: fees
                })
            );
            vm.assertEq(s.provider, _uint(".want.provider"), here);
            vm.assertEq(s.creator, _uint(".want.creator"), here);
            vm.assertEq(fees, _uint(".want.mediators"), here);
            vm.assertEq(s.sink, _uint(".want.sink"), here);
        }
        vm.assertTrue(i >= uint256(type(Path).max), "vectors are missing");
    }

    function jobHash(JobOffer calldata offer) external pure returns (bytes32) {
        return Terms.jobHash(offer);
    }

    function dealHash(bytes32 job, DealTerms calldata deal) external pure returns (bytes32) {
        return Terms.dealHash(job, deal);
    }

    function _assertSigned(string memory kind, bytes32 structHash) private view {
        string memory key = string.concat(".want.", kind);
        vm.assertEq(structHash, _bytes32(key), string.concat(here, key));
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256(bytes(vm.parseJsonString(json, string.concat(here, ".domain.name")))),
                keccak256(bytes(vm.parseJsonString(json, string.concat(here, ".domain.version")))),
                _uint(".domain.chainId"),
                _address(".domain.verifyingContract")
            )
        );
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", domain, structHash));
        vm.assertEq(digest, _bytes32(string.concat(key, "Digest")), string.concat(here, key));
        bytes memory signature = vm.parseJsonBytes(json, string.concat(here, key, "Signature"));
        (bytes32 r, bytes32 vs) = abi.decode(signature, (bytes32, bytes32));
        (address signer,,) = ECDSA.tryRecover(digest, r, vs);
        vm.assertEq(signer, vm.addr(uint256(_bytes32(".signer"))), string.concat(here, key, " signer"));
    }

    function _assertDraw(bytes32 deal) private view {
        address[] memory members = vm.parseJsonAddressArray(json, string.concat(here, ".members"));
        bytes memory packed;
        for (uint256 i = 0; i < members.length; ++i) {
            packed = abi.encodePacked(packed, members[i]);
        }
        uint8 drawn = uint8(_uint(".drawn"));
        vm.assertEq(
            Terms.panelHash(packed, drawn, uint8(_uint(".threshold"))), _bytes32(".want.panel"), "panel"
        );
        bytes32 creatorSeed = _bytes32(".creatorSeed");
        bytes32 providerSeed = _bytes32(".providerSeed");
        address creator = _address(".offer.creator");
        address provider = _address(".deal.provider");
        vm.assertEq(Terms.seedHash(creatorSeed, creator), _bytes32(".want.creatorSeedHash"), "seed");
        vm.assertEq(Terms.seedHash(providerSeed, provider), _bytes32(".want.providerSeedHash"), "seed");
        bool audit = vm.parseJsonBool(json, string.concat(here, ".want.audit"));
        uint16 bps = uint16(_uint(".offer.auditBps"));
        vm.assertEq(Terms.audited(creatorSeed, deal, bps), audit, "audit");
        uint16 coin = uint16(_uint(".want.coin"));
        vm.assertTrue(!Terms.audited(creatorSeed, deal, coin), "coin is lower");
        vm.assertTrue(Terms.audited(creatorSeed, deal, coin + 1), "coin is higher");
        bytes32 seed = Draw.seedOf(creatorSeed, providerSeed, deal);
        vm.assertEq(seed, _bytes32(".want.drawSeed"), "draw seed");
        address[] memory want = vm.parseJsonAddressArray(json, string.concat(here, ".want.seats"));
        address[] memory got = Draw.seats(seed, members, drawn);
        vm.assertEq(keccak256(abi.encode(got)), keccak256(abi.encode(want)), "seats");
    }

    function _offer() private view returns (JobOffer memory o) {
        o.creator = _address(".offer.creator");
        o.judge = _address(".offer.judge");
        o.solver = _address(".offer.solver");
        o.target = _address(".offer.target");
        o.work = _bytes32(".offer.work");
        o.panel = _bytes32(".want.panel");
        o.seedHash = _bytes32(".want.creatorSeedHash");
        o.maxPrice = uint80(_uint(".offer.maxPrice"));
        o.creatorStake = uint96(_uint(".offer.creatorStake"));
        o.providerStake = uint96(_uint(".offer.providerStake"));
        o.latePenalty = uint96(_uint(".offer.latePenalty"));
        o.mediationFee = uint96(_uint(".offer.mediationFee"));
        o.solverFee = uint96(_uint(".offer.solverFee"));
        o.auditBps = uint16(_uint(".offer.auditBps"));
        o.submitFor = uint32(_uint(".offer.submitFor"));
        o.judgeFor = uint32(_uint(".offer.judgeFor"));
        o.revealFor = uint32(_uint(".offer.revealFor"));
        o.mediateFor = uint32(_uint(".offer.mediateFor"));
        o.epoch = uint32(_uint(".offer.epoch"));
        o.nonce = uint64(_uint(".offer.nonce"));
        o.expiry = uint40(_uint(".offer.expiry"));
    }

    function _deal() private view returns (DealTerms memory d) {
        d.provider = _address(".deal.provider");
        d.price = uint80(_uint(".deal.price"));
        d.seedHash = _bytes32(".want.providerSeedHash");
        d.epoch = uint32(_uint(".deal.epoch"));
        d.expiry = uint40(_uint(".deal.expiry"));
    }

    function _select(uint256 i) private returns (bool) {
        here = string.concat(".cases[", vm.toString(i), "]");
        return vm.keyExistsJson(json, here);
    }

    function _uint(string memory key) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(here, key));
    }

    function _address(string memory key) private view returns (address) {
        return vm.parseJsonAddress(json, string.concat(here, key));
    }

    function _bytes32(string memory key) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, string.concat(here, key));
    }
}
