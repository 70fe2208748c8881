#!/usr/bin/env node
import '../dist/memloom.mjs';
