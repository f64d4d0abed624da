#!/usr/bin/env node
console.log('curbstop')
